/** A site that is against us: its page listens, traps and reports; see `hostile-script.ts`. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { defineOurElement, listenAndTrap } from './hostile-script.ts';

export type HostileSite = {
  /** The page that listens and traps. */
  url: string;
  /** The same, and it has defined a custom element of our name. */
  definingUrl: string;
  /** The same, with forms named after what scripts ask of a document. */
  namingUrl: string;
  /** One that allows itself no style and no frame, so that what is written into a style attribute has no effect. */
  strictUrl: string;
  /** What the browser reported to it, as it came. */
  reports(): string;
  stop(): Promise<void>;
};

const PAGE = '<h1>A hostile page</h1><textarea>its own words</textarea>';
/** A form is found under its name on `document`, before the function of that name. */
const NAMES = [
  'createElement',
  'documentElement',
  'querySelectorAll',
  'addEventListener',
  'activeElement',
  'title',
];

export async function startHostileSite(): Promise<HostileSite> {
  let reports = '';
  const server = createServer((request, response) => {
    if (request.method === 'POST') {
      request.on('data', (part: Buffer) => {
        reports += String(part);
      });
      request.on('end', () => response.end());
      return;
    }
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.setHeader(
      'content-security-policy-report-only',
      "default-src 'none'; frame-src 'none'; script-src 'unsafe-inline'; style-src 'none'; report-uri /reports",
    );
    if (request.url === '/strict') {
      response.setHeader('content-security-policy', "default-src 'none'");
      return void response.end(`<!doctype html><title>A strict page</title>${PAGE}`);
    }
    const scripts = request.url === '/define' ? [listenAndTrap, defineOurElement] : [listenAndTrap];
    const forms = request.url === '/name' ? NAMES.map((name) => `<form name="${name}"></form>`) : [];
    response.end(
      `<!doctype html><title>A page</title><script>${scripts.map((run) => `(${run})()`).join(';')}</script>${PAGE}${forms.join('')}`,
    );
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  return {
    url,
    definingUrl: `${url}define`,
    namingUrl: `${url}name`,
    strictUrl: `${url}strict`,
    reports: () => reports,
    stop: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}
