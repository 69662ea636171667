/** Who is let in and who is told why not, over real sockets. */
import { describe, expect, test } from 'vitest';
import { askUpgrade, offer } from './ask-upgrade.ts';
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

  test('one connection too many is refused as overloaded', async () => {
    const { httpUrl, connect } = await startTestRelay({ limits: { connections: 1 } });
    await connect().ready();
    expect(await askUpgrade(`${httpUrl}/v1/stream`, offer(ALICE_TOKEN))).toMatchObject({
      status: 503,
      body: { code: 'overloaded', retryAfterMs: expect.any(Number) },
    });
  });

  test.each([
    ['admitted', ALICE_TOKEN],
    ['refused', 'esh_nobody'],
  ])('clients that reset the connection while it is %s do not end the process', async (_name, token) => {
    const { relay, httpUrl } = await startTestRelay();
    const resets = Array.from({ length: 100 }, (_, index) => {
      const socket = openRaw(relay.port, token);
      const closed = new Promise((resolve) => socket.once('close', resolve));
      socket.once('connect', () => {
        if (index % 2 === 0) socket.resetAndDestroy();
        else setImmediate(() => socket.resetAndDestroy());
      });
      return closed;
    });
    await Promise.all(resets);
    expect((await fetch(`${httpUrl}/healthz`)).status).toBe(200);
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
