/** Each recipe with TLS in front of a real relay: what the relay promises holds through the proxy. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, test } from 'vitest';
import { CLOSE } from '../../utils/protocol/close-codes.ts';
import { offerProtocols } from '../../utils/protocol/subprotocol.ts';
import { until } from '../unit/relay/until.ts';
import { ask, UPGRADE } from './ask.ts';
import { openInFront, startInFront } from './in-front-world.ts';
import { caddy } from './proxies/caddy.ts';
import { haproxy } from './proxies/haproxy.ts';
import { nginx } from './proxies/nginx.ts';
import { createTrust } from './trust.ts';

const trust = createTrust();

describe.each([nginx, caddy, haproxy])('$name in front of the relay', (recipe) => {
  test('an agent connects, and after the proxy was away resumes without a gap', async ({
    onTestFinished,
  }) => {
    const { simulator, connect, restartProxy } = await openInFront(recipe, trust, onTestFinished);
    const agent = connect();
    await until(() => expect(agent.state()).toBe('connected'));
    expect(agent.protocol()).toBe('earshot.v1');
    await until(() => expect(simulator.connections()).toBe(1));
    simulator.sendRaw('before');
    await until(() => expect(agent.frames()).toEqual(['before']));
    await restartProxy(async () => {
      await until(() => expect(agent.state()).toMatch(/^waiting/));
      simulator.sendRaw('meanwhile');
    });
    await until(() => expect(agent.state()).toBe('connected'));
    simulator.sendRaw('after');
    await until(() => expect(agent.frames()).toEqual(['before', 'meanwhile', 'after']));
    expect(agent.gaps()).toBe(0);
  });

  test('a revoked agent is closed with 4401 and told why', async ({ onTestFinished }) => {
    const { relay, config, connect } = await openInFront(recipe, trust, onTestFinished);
    const agent = connect();
    await until(() => expect(agent.state()).toBe('connected'));
    relay.apply({ ...config, agents: [] });
    await until(() => expect(agent.state()).toBe('stopped: token-refused'));
    await until(() => expect(agent.closeCodes()).toEqual([CLOSE.tokenRefused]));
  });

  test('a relay that restarts sends its agents away with 1012', async ({ onTestFinished }) => {
    const { relay, connect } = await openInFront(recipe, trust, onTestFinished);
    const agent = connect();
    await until(() => expect(agent.state()).toBe('connected'));
    await relay.stop();
    await until(() => expect(agent.closeCodes()[0]).toBe(CLOSE.restart));
    expect(agent.state()).not.toMatch(/^stopped/);
  });

  test('the session answers pages of other origins', async ({ onTestFinished }) => {
    const { url, token } = await openInFront(recipe, trust, onTestFinished);
    const origin = { Origin: 'chrome-extension://abcdefghijklmnop' };
    const preflight = await ask(`${url}/v1/session`, {
      method: 'OPTIONS',
      headers: { ...origin, 'Access-Control-Request-Headers': 'authorization' },
    });
    expect(preflight.status).toBe(204);
    expect(preflight.headers['access-control-allow-headers']).toBe('authorization');
    const answer = await ask(`${url}/v1/session`, {
      headers: { ...origin, Authorization: `Bearer ${token}` },
    });
    expect(answer.status).toBe(200);
    expect(answer.headers['access-control-allow-origin']).toBe('*');
    expect(JSON.parse(answer.body)).toMatchObject({ agent: 'Alice', calls: 'all' });
    expect(await ask(`${url}/healthz`)).toMatchObject({ status: 200 });
  });

  test('refused tokens are counted by who shows them, whatever they say of their address', async ({
    onTestFinished,
  }) => {
    const limits = { refusalsPerMinute: 3 };
    const { url } = await openInFront(recipe, trust, onTestFinished, { limits });
    const guess = (from: string, said: string) =>
      ask(`${url}/v1/session`, {
        from,
        headers: { Authorization: 'Bearer esh_guess', 'X-Forwarded-For': said },
      });
    for (const said of ['10.0.0.1', '10.0.0.2', '10.0.0.3']) {
      expect(await guess('127.0.0.2', said)).toMatchObject({ status: 401 });
    }
    expect(await guess('127.0.0.2', '10.0.0.4')).toMatchObject({ status: 429 });
    expect(await guess('127.0.0.3', '127.0.0.2')).toMatchObject({ status: 401 });
  });

  test('a token as long as an identity provider makes them comes through', async ({ onTestFinished }) => {
    const token = `eyJ${'x'.repeat(4_000)}`;
    const { url, connect } = await openInFront(recipe, trust, onTestFinished, { token });
    const agent = connect();
    await until(() => expect(agent.state()).toBe('connected'));
    const headers = { ...UPGRADE, 'Sec-WebSocket-Protocol': offerProtocols(token).join(', ') };
    const answer = await ask(`${url}/v1/stream`, { headers });
    expect(answer).toMatchObject({ status: 101, headers: { 'sec-websocket-protocol': 'earshot.v1' } });
  });

  test('only what agents need can be reached', async ({ onTestFinished }) => {
    const server = createServer((_request, response) => void response.end('the relay')).listen(
      0,
      '127.0.0.1',
    );
    onTestFinished(() => void server.close());
    await once(server, 'listening');
    const { port: relayPort } = server.address() as AddressInfo;
    const { port } = await startInFront(recipe, trust, onTestFinished, relayPort);
    for (const path of ['/v1/stream', '/v1/session', '/healthz']) {
      expect(await ask(`https://localhost:${port}${path}`), path).toMatchObject({ body: 'the relay' });
    }
    for (const path of [
      '/',
      '/metrics',
      '/readyz',
      '/v1',
      '/v1/session/x',
      '/v1/session%2f..%2f..%2fmetrics',
    ]) {
      expect(await ask(`https://localhost:${port}${path}`), path).toMatchObject({ status: 404 });
    }
  });
});
