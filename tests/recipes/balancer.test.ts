/** The files for a load balancer in front of several relays: agents find one that serves them. */
import { describe, expect, test } from 'vitest';
import { CLOSE } from '../../utils/protocol/close-codes.ts';
import { until } from '../unit/relay/until.ts';
import { ask } from './ask.ts';
import { openBalancer } from './balancer-world.ts';
import { prepareHaproxyBalancer } from './proxies/haproxy.ts';
import { prepareNginxBalancer } from './proxies/nginx.ts';
import { createTrust } from './trust.ts';

const trust = createTrust();

describe.each([
  ['haproxy', prepareHaproxyBalancer],
  ['nginx', prepareNginxBalancer],
] as const)('%s in front of three relays', (_name, prepare) => {
  test('agents are spread, and one whose relay is stopped comes back to another', async ({
    onTestFinished,
  }) => {
    const { relays, connect, simulator } = await openBalancer(prepare, trust, onTestFinished);
    const agents = [connect(), connect(), connect()];
    await until(() => expect(agents.map((agent) => agent.state())).toEqual(Array(3).fill('connected')));
    await relays[0]?.stop();
    const moved = () => agents.filter((agent) => agent.closeCodes().length > 0);
    await until(() => expect(moved().length).toBeGreaterThan(0));
    expect(moved().length).toBeLessThan(3);
    expect(moved()[0]?.closeCodes()).toEqual([CLOSE.restart]);
    await until(() => expect(agents.map((agent) => agent.state())).toEqual(Array(3).fill('connected')));
    simulator.sendRaw('after');
    await until(() => expect(agents.map((agent) => agent.frames().at(-1))).toEqual(Array(3).fill('after')));
  });

  test('nobody is refused while one relay goes and the others stay', async ({ onTestFinished }) => {
    const { relays, url, token } = await openBalancer(prepare, trust, onTestFinished);
    const session = () => ask(`${url}/v1/session`, { headers: { Authorization: `Bearer ${token}` } });
    await until(async () => expect(await session()).toMatchObject({ status: 200 }));
    const stopped = relays[1]?.stop();
    const answers = [];
    for (let asked = 0; asked < 30; asked += 1) answers.push((await session()).status);
    await stopped;
    answers.push((await session()).status);
    expect(answers).toEqual(Array(31).fill(200));
  });

  test('agents stay welcome while the platform is away', async ({ onTestFinished }) => {
    const { relays, connect, simulator } = await openBalancer(prepare, trust, onTestFinished);
    await simulator.stop();
    await until(() =>
      expect(relays.flatMap((relay) => relay.status().streams.map(({ state }) => state))).not.toContain('up'),
    );
    const agent = connect();
    await until(() => expect(agent.state()).toBe('connected'));
  });

  test('a relay whose certificate is for another name is not spoken to', async ({ onTestFinished }) => {
    const { url } = await openBalancer(prepare, trust, onTestFinished, trust.otherName);
    const { status } = await ask(`${url}/healthz`);
    expect([502, 503]).toContain(status);
  });

  test('only what agents need can be reached', async ({ onTestFinished }) => {
    const { url } = await openBalancer(prepare, trust, onTestFinished);
    await until(async () => expect(await ask(`${url}/healthz`)).toMatchObject({ status: 200 }));
    for (const path of ['/', '/metrics', '/readyz', '/v1/session/x']) {
      expect(await ask(`${url}${path}`), path).toMatchObject({ status: 404 });
    }
  });
});

test('haproxy sends agents to relays that are not ready only when none is', async ({ onTestFinished }) => {
  const { connect, simulator, said } = await openBalancer(prepareHaproxyBalancer, trust, onTestFinished);
  await simulator.stop();
  await until(() => expect(said()).toMatch(/backend '?earshot-ready'? has no server available/));
  const agent = connect();
  await until(() => expect(agent.state()).toBe('connected'));
});
