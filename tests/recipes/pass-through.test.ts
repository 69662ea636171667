/** Each recipe as a plain pass-through: the real proxy, the simulated platform behind TLS, the extension's connection. */
import { describe, expect, test } from 'vitest';
import { offerPlain } from '../../utils/protocol/subprotocol.ts';
import { until } from '../unit/relay/until.ts';
import { ask, UPGRADE } from './ask.ts';
import { openPassThrough } from './pass-through-world.ts';
import { caddy } from './proxies/caddy.ts';
import { haproxy } from './proxies/haproxy.ts';
import { nginx } from './proxies/nginx.ts';
import { worker } from './proxies/worker.ts';
import { createTrust } from './trust.ts';

const trust = createTrust();

/** What somebody may offer who is not to come in. `bearer` holds an agent's token. */
const refusedOffers = (bearer: string): Record<string, string | undefined> => ({
  nothing: undefined,
  'the protocol alone': 'earshot.plain',
  'a wrong token': offerPlain('esh_wrong').join(', '),
  'an empty token': 'earshot.plain, base64url.bearer.earshot.',
  'the token with a letter in the other case': `earshot.plain, ${bearer.replace('.ZXN', '.zXN')}`,
  'the token and more': `earshot.plain, ${bearer}A`,
  'the token after another protocol': `earshot.v1, ${bearer}`,
  'the token without its prefix': `earshot.plain, ${bearer.replace('base64url.bearer.earshot.', '')}`,
  'the token with another prefix': `earshot.plain, ${bearer.replace('earshot', 'another')}`,
  'the token and another': `earshot.plain, ${bearer}, ${bearer}`,
  'the token before the protocol': `${bearer}, earshot.plain`,
});

describe.each([nginx, caddy, haproxy, worker])('$name passes through', (recipe) => {
  test('the platform gets its token, and the agent its events and the one subprotocol', async ({
    onTestFinished,
  }) => {
    const { platform, connect } = await openPassThrough(recipe, trust, onTestFinished);
    const agent = connect();
    await until(() => expect(platform.simulator.connections()).toBe(1));
    await until(() => expect(agent.state()).toBe('connected'));
    platform.simulator.sendRaw('{"text":"one"}');
    platform.simulator.sendRaw(new TextEncoder().encode('two, as bytes'));
    platform.simulator.sendRaw('x'.repeat(200_000));
    await until(() => expect(agent.frames()).toHaveLength(3));
    expect(agent.frames()).toEqual(['{"text":"one"}', 'two, as bytes', 'x'.repeat(200_000)]);
    expect(agent.protocol()).toBe('earshot.plain');
  });

  test('nothing of the browser is passed on, and only the subprotocol is answered', async ({
    onTestFinished,
  }) => {
    const { platform, url, token } = await openPassThrough(recipe, trust, onTestFinished);
    const { status, headers } = await ask(url, {
      headers: {
        ...UPGRADE,
        'Sec-WebSocket-Protocol': offerPlain(token).join(', '),
        'Sec-WebSocket-Extensions': 'permessage-deflate; client_max_window_bits=9',
        Authorization: 'Bearer of-the-client',
        Origin: 'chrome-extension://of-the-client',
        Cookie: 'session=of-the-client',
      },
    });
    expect(status).toBe(101);
    expect(headers['sec-websocket-protocol']).toBe('earshot.plain');
    expect(headers['sec-websocket-extensions']).toBeUndefined();
    expect(platform.names()).toEqual(['app.connexcs.com']);
    const [head = ''] = platform.heads();
    expect(head).toMatch(/^GET \/api\/cp\/scriptforge\/10141 HTTP\/1\.1\r\n/);
    expect(head).toMatch(/^host: app\.connexcs\.com\r$/im);
    expect(head).not.toMatch(/^(?:origin|cookie|sec-websocket-protocol|x-forwarded-\w+):/im);
    expect(head).not.toMatch(/of-the-client|client_max_window_bits=9/);
  });

  test('whoever shows no token of an agent is refused, and the platform is not asked', async ({
    onTestFinished,
  }) => {
    const { platform, url, token, connect } = await openPassThrough(recipe, trust, onTestFinished);
    const [, bearer = ''] = offerPlain(token);
    for (const [shown, offer] of Object.entries(refusedOffers(bearer))) {
      const offered = offer === undefined ? {} : { 'Sec-WebSocket-Protocol': offer };
      const headers = { ...UPGRADE, ...offered, Authorization: `Bearer ${token}` };
      expect.soft(await ask(url, { headers }), shown).toMatchObject({ status: 401 });
    }
    const agent = connect('esh_wrong');
    await until(() => expect(agent.state()).toBe('waiting: unreachable'));
    expect(platform.heads()).toEqual([]);
  });

  test('there is nothing but the stream, and that is for WebSockets', async ({ onTestFinished }) => {
    const { platform, url, token } = await openPassThrough(recipe, trust, onTestFinished);
    const headers = { 'Sec-WebSocket-Protocol': offerPlain(token).join(', ') };
    expect(await ask(url, { headers })).toMatchObject({ status: 426 });
    for (const path of ['/', '/stream/', '/api/cp/scriptforge/10141', '/metrics']) {
      const elsewhere = new URL(path, url).href;
      expect(await ask(elsewhere, { headers: { ...UPGRADE, ...headers } }), path).toMatchObject({
        status: 404,
      });
    }
    expect(platform.heads()).toEqual([]);
  });

  test('a platform that refuses the token is a refusal to the agent, not a silence', async ({
    onTestFinished,
  }) => {
    const { platform, connect } = await openPassThrough(recipe, trust, onTestFinished);
    const { token } = platform.simulator;
    platform.simulator.setToken('another-token');
    const agent = connect();
    await until(() => expect(agent.state()).toBe('waiting: unreachable'));
    expect(platform.heads().length).toBeGreaterThan(0);
    platform.simulator.setToken(token);
    await until(() => expect(agent.state()).toBe('connected'));
  });

  test.for([
    { by: 'an authority nobody knows', certificate: trust.stranger },
    { by: 'the right authority for another name', certificate: trust.otherName },
  ])('a platform with a certificate by $by gets no token', async ({ certificate }, { onTestFinished }) => {
    const { platform, connect } = await openPassThrough(recipe, trust, onTestFinished, certificate);
    const agent = connect();
    await until(() => expect(agent.state()).toBe('waiting: unreachable'));
    expect(platform.heads()).toEqual([]);
  });

  test('an agent is told when the platform is down, and is back by itself', async ({ onTestFinished }) => {
    const { platform, connect } = await openPassThrough(recipe, trust, onTestFinished);
    const agent = connect();
    await until(() => expect(agent.state()).toBe('connected'));
    await platform.goAway();
    await until(() => expect(agent.state()).toBe('waiting: unreachable'));
    await platform.comeBack();
    await until(() => expect(agent.state()).toBe('connected'));
    expect(agent.gaps()).toBe(1);
    await until(() => expect(platform.simulator.connections()).toBe(1));
    platform.simulator.sendRaw('{"text":"again"}');
    await until(() => expect(agent.frames()).toEqual(['{"text":"again"}']));
  });

  test('an agent who leaves leaves the platform too', async ({ onTestFinished }) => {
    const { platform, connect } = await openPassThrough(recipe, trust, onTestFinished);
    const agent = connect();
    await until(() => expect(platform.simulator.connections()).toBe(1));
    agent.connection.stop();
    await until(() => expect(platform.simulator.connections()).toBe(0));
  });
});
