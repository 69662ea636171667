import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { createAccess, mintJwt } from '../../../../demo/simulator/access.ts';
import { type SimulatorOptions, startSimulator } from '../../../../demo/simulator/start-simulator.ts';
import { askForUpgrade, listen } from './listener.ts';

async function simulate(access: { token: string } | { tokenTtlMs: number } = { token: 'secret' }) {
  const options: SimulatorOptions = { port: 0, script: '10141', ...access };
  const simulator = await startSimulator(options);
  onTestFinished(() => simulator.stop());
  return simulator;
}

beforeEach(() => void vi.spyOn(console, 'log').mockImplementation(() => {}));

afterEach(() => void vi.restoreAllMocks());

describe('the door of the simulator', () => {
  test.each([
    ['no header', undefined],
    ['another token', 'Bearer wrong'],
    ['another scheme', 'Basic secret'],
    ['the token alone', 'secret'],
  ])('refuses %s with 401 and a reason', async (_name, authorization) => {
    const { url } = await simulate();
    const { status, body } = await askForUpgrade(url, authorization);
    expect(status).toBe(401);
    expect(JSON.parse(body)).toEqual({ error: 'the access token is missing, wrong or expired' });
  });

  test('lets the right token in, without a subprotocol', async () => {
    const { url } = await simulate();
    expect(await askForUpgrade(url, 'Bearer secret')).toMatchObject({ status: 101 });
  });

  test.each([
    ['another script', '/api/cp/scriptforge/10142'],
    ['another path', '/'],
    ['more than the path', '/api/cp/scriptforge/10141/run'],
  ])('knows nothing of %s', async (_name, path) => {
    const { port } = await simulate();
    expect(await askForUpgrade(`ws://127.0.0.1:${port}${path}`, 'Bearer secret')).toMatchObject({
      status: 404,
    });
  });

  test('tells a plain request to come with a WebSocket', async () => {
    const { url, port } = await simulate();
    expect((await fetch(url.replace('ws:', 'http:'))).status).toBe(426);
    expect((await fetch(`http://127.0.0.1:${port}/favicon.ico`)).status).toBe(404);
  });

  test('refuses an expired token, and leaves open connections open', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    onTestFinished(() => void vi.useRealTimers());
    const simulator = await simulate({ tokenTtlMs: 30 * 60_000 });
    const listener = await listen(simulator);
    vi.setSystemTime(Date.now() + 30 * 60_000);
    expect(await askForUpgrade(simulator.url, `Bearer ${simulator.token}`)).toMatchObject({ status: 401 });
    simulator.sendRaw('still here');
    expect(await listener.received(1)).toEqual(['still here']);
  });

  test('takes a new token from the next connection on', async () => {
    const simulator = await simulate();
    simulator.setToken('other');
    expect(await askForUpgrade(simulator.url, 'Bearer secret')).toMatchObject({ status: 401 });
    expect(await askForUpgrade(simulator.url, 'Bearer other')).toMatchObject({ status: 101 });
    expect(simulator.token).toBe('other');
  });

  test.each([
    ['let in', 'secret'],
    ['refused', 'wrong'],
  ])('outlives clients that reset the connection while they are %s', async (_name, token) => {
    const simulator = await simulate();
    for (let attempt = 0; attempt < 20; attempt += 1) {
      await new Promise<void>((resolve) => {
        const socket = connect(simulator.port, '127.0.0.1', () => {
          const { pathname } = new URL(simulator.url);
          socket.write(
            `GET ${pathname} HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
              'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n' +
              `Authorization: Bearer ${token}\r\n\r\n`,
            () => {
              socket.resetAndDestroy();
              resolve();
            },
          );
        });
      });
    }
    await vi.waitUntil(() => simulator.connections() === 0);
    expect(await askForUpgrade(simulator.url, 'Bearer secret')).toMatchObject({ status: 101 });
  });

  test('says goodbye to its clients when it stops', async () => {
    const simulator = await startSimulator({ port: 0, script: '1', token: 'secret' });
    const { closed } = await listen(simulator);
    await simulator.stop();
    expect(await closed).toMatchObject({ code: 1001 });
  });
});

describe('access tokens', () => {
  test('a minted token is a JWT that tells when it expires', () => {
    const parts = mintJwt(1_000_500, 2_000_500, new Uint8Array(32)).split('.');
    const [header, claims] = parts.slice(0, 2).map((part) => JSON.parse(atob(part)));
    expect(parts).toHaveLength(3);
    expect(header).toEqual({ alg: 'HS256', typ: 'JWT' });
    expect(claims).toEqual({ sub: 'simulator', iat: 1000, exp: 2001 });
  });

  test('a token opens the door until the moment it expires', () => {
    let nowMs = 0;
    const access = createAccess({ token: 'a', expiresAtMs: 10 }, () => nowMs);
    expect(access.admits('Bearer a')).toBe(true);
    nowMs = 10;
    expect(access.admits('Bearer a')).toBe(false);
    access.setToken('b');
    expect(access.admits('Bearer b')).toBe(true);
    expect(access.admits(null)).toBe(false);
  });
});
