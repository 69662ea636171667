/** Three real relays on the simulated platform, each with TLS, and one balancer in front of them by its file. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { expect } from 'vitest';
import { relayConfig } from '../../demo/relay-config.ts';
import { startSimulator } from '../../demo/simulator/start-simulator.ts';
import { hashToken } from '../../relay/access/authenticate.ts';
import { startRelay } from '../../relay/run-relay.ts';
import { freePort } from '../free-port.ts';
import { keptLog } from '../secrecy/kept-logs.ts';
import { until } from '../unit/relay/until.ts';
import { connectAgent } from './agent.ts';
import type { Certificate } from './certificates.ts';
import { watchLeaks } from './leaks.ts';
import type { OnFinished } from './pass-through-world.ts';
import type { BalancerSetup } from './proxies/recipe.ts';
import { type Command, runProxy } from './run-proxy.ts';
import type { Trust } from './trust.ts';

const TOKEN = 'esh_agent-secret-91c40b7e';
const PLATFORM_TOKEN = 'platform-secret-77c1d20a';

/** `shown`: what the relays show to the balancer. Resolves once all are with the platform. */
export async function openBalancer(
  prepare: (setup: BalancerSetup) => Command,
  trust: Trust,
  onFinished: OnFinished,
  shown: Certificate = trust.relays,
) {
  const simulator = await startSimulator({ port: 0, script: '10141', token: PLATFORM_TOKEN });
  onFinished(() => simulator.stop());
  const config = relayConfig(
    {
      listen: { port: 0, trustedProxies: ['127.0.0.1'], tls: shown },
      upstream: { url: simulator.url },
      agents: [{ name: 'Alice', tokenSha256: hashToken(TOKEN), calls: 'all' }],
    },
    { EARSHOT_PLATFORM_TOKEN: PLATFORM_TOKEN },
  );
  const relays = await Promise.all(
    Array.from({ length: 3 }, () => startRelay(config, { log: pino({ level: 'debug' }, keptLog()) })),
  );
  for (const relay of relays) onFinished(() => relay.stop());
  await until(() => expect(simulator.connections()).toBe(relays.length));

  const folder = mkdtempSync(join(tmpdir(), 'earshot-balancer-'));
  onFinished(() => rmSync(folder, { recursive: true }));
  const port = await freePort();
  const relayPorts = relays.map((relay) => relay.port);
  const { authorityFile, proxy: certificate } = trust;
  const command = prepare({ folder, port, certificate, relayPorts, authorityFile });
  const watch = watchLeaks(folder);
  const balancer = await runProxy(command, port);
  onFinished(async () => {
    await balancer.stop();
    const hidden = [TOKEN, Buffer.from(TOKEN).toString('base64url')];
    expect(watch.leaks(balancer.output(), hidden)).toEqual([]);
  });
  return {
    simulator,
    relays,
    url: `https://localhost:${port}`,
    token: TOKEN,
    /** What the balancer has said so far. */
    said: balancer.output,
    connect() {
      const agent = connectAgent(`wss://localhost:${port}`, TOKEN, false);
      onFinished(() => agent.connection.stop());
      return agent;
    },
  };
}
