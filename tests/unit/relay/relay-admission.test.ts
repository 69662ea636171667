/** Who is let in and who is told why not, over real sockets. */
import { describe, expect, test } from 'vitest';
import type { Limits } from '../../../relay/limits.ts';
import { askUpgrade, holdUpgrade, offer } from './ask-upgrade.ts';
import { openRaw } from './raw-client.ts';
import { ALICE_TOKEN, BOB_TOKEN, startTestRelay } from './relay-under-test.ts';
import { until } from './until.ts';

describe('before the 101', () => {
  test.each<[string, string, Record<string, string>, number, string]>([
    ['an unknown token', '/v1/stream', offer('esh_nobody'), 401, 'unknown'],
    ['no token', '/v1/stream', { 'sec-websocket-protocol': 'earshot.v1' }, 401, 'malformed'],
    [
      'a token that is not base64url',
      '/v1/stream',
      { 'sec-websocket-protocol': 'earshot.v1, base64url.bearer.earshot.!' },
      401,
      'malformed',
    ],
    [
      'a foreign origin',
      '/v1/stream',
      { ...offer(ALICE_TOKEN), origin: 'https://evil.example' },
      403,
      'origin',
    ],
    ['another path', '/v2/stream', offer(ALICE_TOKEN), 404, 'not-found'],
    ['an endpoint’s path', '/v1/session', offer(ALICE_TOKEN), 404, 'not-found'],
    ['no subprotocol', '/v1/stream', {}, 426, 'version'],
    ['another version', '/v1/stream', { 'sec-websocket-protocol': 'earshot.v2' }, 426, 'version'],
  ])('%s is refused in JSON', async (_name, path, headers, status, code) => {
    const { httpUrl } = await startTestRelay({ origins: ['chrome-extension://abc'] });
    const answer = await askUpgrade(`${httpUrl}${path}`, headers);
    expect(answer).toMatchObject({ status, body: { code, message: expect.any(String) } });
    expect(answer.headers['content-type']).toBe('application/json');
  });

  test.each([
    ['/v1/stream', { origin: 'chrome-extension://abc' }],
    ['/', {}],
    ['/v1/stream?x=1', {}],
  ])('%s with %j is let in, and the token is not echoed', async (path, headers) => {
    const { httpUrl } = await startTestRelay({ origins: ['chrome-extension://abc'] });
    const answer = await askUpgrade(`${httpUrl}${path}`, { ...offer(ALICE_TOKEN), ...headers });
    expect(answer.status).toBe(101);
    expect(answer.headers['sec-websocket-protocol']).toBe('earshot.v1');
    expect(answer.headers['sec-websocket-extensions']).toBeUndefined();
  });

  test('refused tokens of one address are answered 429 after a while; a valid one is not', async () => {
    const { httpUrl } = await startTestRelay({ limits: { refusalsPerMinute: 2 } });
    const ask = (token: string) => askUpgrade(`${httpUrl}/v1/stream`, offer(token));
    expect([(await ask('a')).status, (await ask('b')).status]).toEqual([401, 401]);
    expect(await ask('c')).toMatchObject({
      status: 429,
      body: { code: 'rate', retryAfterMs: expect.any(Number) },
    });
    expect((await ask(ALICE_TOKEN)).status).toBe(101);
  });

  test.each<[string, string | undefined, number]>([
    ['the extension in Chrome', 'chrome-extension://abc', 101],
    ['another extension in Chrome', 'chrome-extension://abd', 403],
    ['any extension in Firefox', 'moz-extension://5b0e35a6-bb3e-4a29-8fe5-44e5c4d5a1b2', 101],
    ['a site that calls itself one', 'https://moz-extension.example', 403],
    ['a site behind the right beginning', 'moz-extension://a/../https://evil.example', 403],
    ['a page without an origin of its own', 'null', 403],
    ['a program', undefined, 101],
  ])('by origin: %s', async (_name, origin, status) => {
    const { httpUrl } = await startTestRelay({ origins: ['chrome-extension://abc', 'moz-extension://*'] });
    const headers = { ...offer(ALICE_TOKEN), ...(origin === undefined ? {} : { origin }) };
    expect((await askUpgrade(`${httpUrl}/v1/stream`, headers)).status).toBe(status);
  });

  test('behind a trusted proxy, refused tokens are counted by whom it speaks for; a stranger speaks for nobody', async () => {
    const limits = { refusalsPerMinute: 1 };
    const ask = async (httpUrl: string, address: string) =>
      (await askUpgrade(`${httpUrl}/v1/stream`, { ...offer('esh_x'), 'x-forwarded-for': address })).status;
    const behind = await startTestRelay({ limits, listen: { trustedProxies: ['127.0.0.0/8'] } });
    const bare = await startTestRelay({ limits });
    const seen: number[] = [];
    for (const { httpUrl } of [behind, bare]) {
      for (const address of ['192.0.2.1', '192.0.2.1', '192.0.2.2']) seen.push(await ask(httpUrl, address));
    }
    expect(seen).toEqual([401, 429, 401, 401, 429, 429]);
  });
});

describe('one connection too many', () => {
  test.each<[string, Partial<Limits>, number, string]>([
    ['in all', { connections: 1 }, 503, 'overloaded'],
    ['of one agent', { connectionsPerAgent: 1 }, 429, 'crowded'],
    ['from one address', { connectionsPerAddress: 1 }, 429, 'crowded'],
  ])(
    '%s is refused, and so says the session; once one has left, it is let in',
    async (_name, limits, status, code) => {
      const { httpUrl, connect, session } = await startTestRelay({ limits });
      const first = connect();
      await first.ready();
      const ask = () => askUpgrade(`${httpUrl}/v1/stream`, offer(ALICE_TOKEN));
      const refusal = { code, retryAfterMs: expect.any(Number) };
      expect(await ask()).toMatchObject({ status, body: refusal });
      const asked = await session({ authorization: `Bearer ${ALICE_TOKEN}` });
      expect([asked.status, await asked.json()]).toMatchObject([status, refusal]);
      first.socket.close();
      await until(async () => expect((await ask()).status).toBe(101));
    },
  );

  test('another agent is not bound by the connections of the first', async () => {
    const { connect } = await startTestRelay({ limits: { connectionsPerAgent: 1 } });
    await Promise.all([connect().ready(), connect(BOB_TOKEN).ready()]);
  });

  test('of many that ask at once, as many are let in as may be', async () => {
    const { httpUrl } = await startTestRelay({ limits: { connectionsPerAgent: 5 } });
    const ask = () => holdUpgrade(`${httpUrl}/v1/stream`, offer(ALICE_TOKEN));
    const statuses = await Promise.all(Array.from({ length: 40 }, ask));
    expect(statuses.filter((status) => status === 101)).toHaveLength(5);
  });

  test('connections that are lost in every way leave their places', async () => {
    const { relay, session } = await startTestRelay({ limits: { connectionsPerAgent: 3 } });
    for (let index = 0; index < 12; index += 1) {
      const socket = openRaw(relay.port, ALICE_TOKEN);
      const closed = new Promise((resolve) => socket.once('close', resolve));
      if (index % 4 === 0) socket.once('connect', () => socket.resetAndDestroy());
      else if (index % 4 === 1) socket.resume().once('connect', () => socket.end());
      else if (index % 4 === 2) socket.once('data', () => socket.resetAndDestroy());
      else socket.on('data', () => socket.end());
      await closed;
      const ask = async () => (await session({ authorization: `Bearer ${ALICE_TOKEN}` })).status;
      await until(async () => expect(await ask()).toBe(200));
    }
  });
});

describe('over HTTP', () => {
  test('that the relay is there is told to every origin', async () => {
    const { httpUrl } = await startTestRelay({ origins: ['chrome-extension://abc'] });
    const answer = await fetch(`${httpUrl}/healthz`, { headers: { origin: 'https://crm.example' } });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('access-control-allow-origin')).toBe('*');
  });

  test('the session tells who a token is, what they may see, and how the platform is', async () => {
    const { session, untilUp } = await startTestRelay();
    await untilUp();
    const ask = async (token: string) => (await session({ authorization: `Bearer ${token}` })).json();
    await until(async () =>
      expect(await ask(ALICE_TOKEN)).toEqual({ agent: 'Alice', calls: 'all', upstream: 'up' }),
    );
    expect(await ask(BOB_TOKEN)).toEqual({ agent: 'Bob', calls: 'none', upstream: 'up' });
  });

  test.each<[string, Record<string, string>, number, string]>([
    ['an unknown token', { authorization: 'Bearer esh_nobody' }, 401, 'unknown'],
    ['no token', {}, 401, 'malformed'],
    ['another scheme', { authorization: 'Basic abc' }, 401, 'malformed'],
    [
      'a foreign origin',
      { authorization: `Bearer ${ALICE_TOKEN}`, origin: 'https://evil.example' },
      403,
      'origin',
    ],
  ])('the session refuses %s, readable across origins', async (_name, headers, status, code) => {
    const { session } = await startTestRelay({ origins: ['chrome-extension://abc'] });
    const response = await session(headers);
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ code });
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
  });

  test('a preflight is answered', async () => {
    const { httpUrl } = await startTestRelay();
    const response = await fetch(`${httpUrl}/v1/session`, { method: 'OPTIONS' });
    expect(response.status).toBe(204);
    expect(response.headers.get('access-control-allow-headers')).toBe('authorization');
  });

  test.each([
    ['GET', '/v1/other'],
    ['POST', '/v1/session'],
    ['GET', '/v1/stream'],
    ['GET', '//'],
  ])('%s %s is not found', async (method, path) => {
    const { httpUrl } = await startTestRelay();
    const response = await fetch(`${httpUrl}${path}`, { method });
    expect([response.status, await response.json()]).toMatchObject([404, { code: 'not-found' }]);
  });
});
