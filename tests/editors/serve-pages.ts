/** Serves the editors' pages on the loopback address. */
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { served } from './build-pages.ts';
import type { EditorName } from './registry.ts';

export type PageServer = { urlOf(editor: EditorName): string; stop(): Promise<void> };

const types: Record<string, string> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
};

const STYLE = `body { margin: 16px; width: 640px; font: 14px/1.4 sans-serif }
.container { margin-block-end: 16px } textarea, input { width: 400px } textarea { height: 120px }
[contenteditable] { min-height: 60px; max-height: 200px; overflow: auto } iframe { width: 100%; height: 300px }
dialog { width: 640px; margin: 16px }`;

export async function servePages(): Promise<PageServer> {
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const file = fileOf(pathname);
    if (file === undefined) {
      response.setHeader('content-type', 'text/html; charset=utf-8');
      response.end(pageOf(pathname.slice(1)));
      return;
    }
    const body = await readFile(file).catch(() => undefined);
    response.statusCode = body === undefined ? 404 : 200;
    response.setHeader('content-type', types[extname(file)] ?? 'application/octet-stream');
    response.end(body);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  return {
    urlOf: (editor) => `http://127.0.0.1:${port}/${editor}`,
    stop: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}

function fileOf(pathname: string): string | undefined {
  const path = normalize(pathname);
  const found = Object.entries(served).find(([prefix]) => path.startsWith(prefix));
  return found && join(found[1], path.slice(found[0].length));
}

function pageOf(editor: string): string {
  return `<!doctype html><html lang="en"><title>${editor}</title><style>${STYLE}</style>
<script type="module" src="/pages/${editor}.js"></script>`;
}
