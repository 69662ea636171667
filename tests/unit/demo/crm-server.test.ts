import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Crm, startCrm } from '../../../demo/crm-server.ts';

let crm: Crm;

beforeAll(async () => {
  crm = await startCrm({ port: 0 });
});

afterAll(() => crm.stop());

type Answer = { status: number | undefined; type: string | undefined; body: string };

/** Sends the path as it is written; `fetch` would tidy the dots away. */
function ask(path: string, method = 'GET'): Promise<Answer> {
  return new Promise((done, fail) => {
    const asking = request({ host: '127.0.0.1', port: crm.port, path, method }, (response) => {
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        body += chunk;
      });
      response.on('end', () =>
        done({ status: response.statusCode, type: response.headers['content-type'], body }),
      );
    });
    asking.on('error', fail);
    asking.end();
  });
}

describe('the sample CRM', () => {
  test('takes a free port of this machine', () => {
    expect(crm.port).toBeGreaterThan(0);
    expect(crm.url).toBe(`http://127.0.0.1:${crm.port}`);
  });

  test.each(['1042', '1043'])('serves ticket %s with a comment editor', async (ticket) => {
    const { status, type, body } = await ask(`/tickets/${ticket}`);
    expect(status).toBe(200);
    expect(type).toBe('text/html; charset=utf-8');
    expect(body).toContain(`data-ticket="${ticket}"`);
    expect(body).toContain('<textarea id="comment" aria-label="Comment"');
  });

  test('serves a ticket whatever its query', async () => {
    expect((await ask('/tickets/1042?from=list')).status).toBe(200);
  });

  test.each([
    ['/crm.css', 'text/css; charset=utf-8'],
    ['/crm.js', 'text/javascript; charset=utf-8'],
  ])('serves %s', async (path, wanted) => {
    const { status, type, body } = await ask(path);
    expect(status).toBe(200);
    expect(type).toBe(wanted);
    expect(body).not.toBe('');
  });

  test('sends the bare address to the first ticket', async () => {
    const response = await fetch(crm.url);
    expect(new URL(response.url).pathname).toBe('/tickets/1042');
    await response.body?.cancel();
  });

  test.each(['/tickets/1044', '/tickets', '/tickets/1042/', '/index.html', '/favicon.ico', '/constructor'])(
    'answers 404, as text, to %s',
    async (path) => {
      const { status, type } = await ask(path);
      expect(status).toBe(404);
      expect(type).toBe('text/plain; charset=utf-8');
    },
  );

  test('answers 404 to anything but reading', async () => {
    expect((await ask('/tickets/1042', 'POST')).status).toBe(404);
  });

  test.each([
    '/../crm-server.ts',
    '/../../package.json',
    '/tickets/../../package.json',
    '/%2e%2e/crm-server.ts',
    '/..%2fcrm-server.ts',
    '/tickets/..\\..\\package.json',
    '//etc/passwd',
  ])('does not leave its folder for %s', async (path) => {
    expect((await ask(path)).status).toBe(404);
  });

  test('shows the caller of the first call on ticket 1042, under the number that calls', async () => {
    const file = resolve(import.meta.dirname, '../../../demo/calls/1-lost-card.json');
    const { cli, customer } = JSON.parse(readFileSync(file, 'utf8')) as { cli: string; customer: string };
    const { body } = await ask('/tickets/1042');
    expect(body).toContain(`href="tel:${cli}"`);
    expect(body).toContain(`<h2>${customer}</h2>`);
  });

  test.each(['/tickets/1042', '/crm.css', '/crm.js'])(
    '%s does not know what it is used for',
    async (path) => {
      expect((await ask(path)).body).not.toMatch(/earshot/i);
    },
  );

  test('can be stopped and started again', async () => {
    const second = await startCrm({ port: 0 });
    await second.stop();
    await expect(fetch(second.url)).rejects.toThrow();
    const third = await startCrm({ port: second.port });
    expect(third.port).toBe(second.port);
    await third.stop();
  });

  test('says so when the port is taken', async () => {
    await expect(startCrm({ port: crm.port })).rejects.toThrow('EADDRINUSE');
  });
});
