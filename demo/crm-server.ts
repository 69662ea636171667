/** A small help desk for the demo: a page of a CRM to work in, served on this machine alone. */
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

export type Crm = { url: string; port: number; stop(): Promise<void> };

type Asset = { type: string; body: Buffer };

const HOST = '127.0.0.1';
const FIRST_TICKET = '/tickets/1042';

/** Everything that is served, by exact path: nothing a client sends ever becomes a file name. */
const served: Record<string, { file: string; type: string }> = {
  '/tickets/1042': { file: 'index.html', type: 'text/html; charset=utf-8' },
  '/tickets/1043': { file: 'index.html', type: 'text/html; charset=utf-8' },
  '/crm.css': { file: 'crm.css', type: 'text/css; charset=utf-8' },
  '/crm.js': { file: 'crm.js', type: 'text/javascript; charset=utf-8' },
};

/** Serves the CRM on a port of this machine; port 0 picks a free one. */
export async function startCrm({ port }: { port: number }): Promise<Crm> {
  const server = createCrmServer(readAssets());
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, HOST, resolve);
  });
  const { port: bound } = server.address() as AddressInfo;
  return { url: `http://${HOST}:${bound}`, port: bound, stop: () => close(server) };
}

function readAssets(): Map<string, Asset> {
  const folder = join(import.meta.dirname, 'crm');
  return new Map(
    Object.entries(served).map(([path, { file, type }]) => [
      path,
      { type, body: readFileSync(join(folder, file)) },
    ]),
  );
}

function createCrmServer(assets: Map<string, Asset>): Server {
  return createServer((request, response) => {
    const path = (request.url ?? '').split('?', 1)[0] ?? '';
    const reading = request.method === 'GET' || request.method === 'HEAD';
    if (reading && path === '/') {
      response.writeHead(302, { location: FIRST_TICKET }).end();
      return;
    }
    const asset = reading ? assets.get(path) : undefined;
    if (asset === undefined) {
      response.writeHead(404, { 'content-type': 'text/plain; charset=utf-8' }).end('Not found\n');
      return;
    }
    response.writeHead(200, {
      'content-type': asset.type,
      'content-length': asset.body.length,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    });
    response.end(request.method === 'HEAD' ? undefined : asset.body);
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close((error) => (error === undefined ? resolve() : reject(error)));
    server.closeAllConnections();
  });
}
