/** A real relay on the simulated platform, one proxy in front of it by its recipe, and agents who come through. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { expect } from 'vitest';
import { relayConfig } from '../../demo/relay-config.ts';
import { type Simulator, startSimulator } from '../../demo/simulator/start-simulator.ts';
import { hashToken } from '../../relay/access/authenticate.ts';
import type { RelayConfig } from '../../relay/config/config.ts';
import type { Limits } from '../../relay/limits.ts';
import { type RunningRelay, startRelay } from '../../relay/run-relay.ts';
import { freePort } from '../free-port.ts';
import { keptLog } from '../secrecy/kept-logs.ts';
import { type Agent, connectAgent } from './agent.ts';
import { watchLeaks } from './leaks.ts';
import type { OnFinished } from './pass-through-world.ts';
import type { Recipe } from './proxies/recipe.ts';
import { type ProxyProcess, runProxy } from './run-proxy.ts';
import type { Trust } from './trust.ts';

export type InFront = {
  simulator: Simulator;
  relay: RunningRelay;
  config: RelayConfig;
  token: string;
  /** https:// address of the proxy. */
  url: string;
  connect(): Agent;
  /** Ends the proxy, so that every connection is lost, and starts it again after `meanwhile`. */
  restartProxy(meanwhile: () => Promise<void>): Promise<void>;
};

const PLATFORM_TOKEN = 'platform-secret-3b77e2d9';

/** `token`: the agent's. When the test is over, it may stand nowhere in what the proxy has said or written. */
export async function openInFront(
  recipe: Recipe,
  trust: Trust,
  onFinished: OnFinished,
  { limits = {}, token = 'esh_agent-secret-5fa1c04e' }: { limits?: Partial<Limits>; token?: string } = {},
): Promise<InFront> {
  const simulator = await startSimulator({ port: 0, script: '10141', token: PLATFORM_TOKEN });
  onFinished(() => simulator.stop());
  const config = relayConfig(
    {
      listen: { port: 0, trustedProxies: ['127.0.0.1'] },
      upstream: { url: simulator.url },
      agents: [{ name: 'Alice', tokenSha256: hashToken(token), calls: 'all' }],
    },
    { EARSHOT_PLATFORM_TOKEN: PLATFORM_TOKEN },
  );
  const relay = await startRelay(config, { log: pino({ level: 'debug' }, keptLog()), limits });
  onFinished(() => relay.stop());
  const { port, restartProxy } = await startInFront(recipe, trust, onFinished, relay.port, [token]);
  return {
    simulator,
    relay,
    config,
    token,
    url: `https://localhost:${port}`,
    connect() {
      const agent = connectAgent(`wss://localhost:${port}`, token, false);
      onFinished(() => agent.connection.stop());
      return agent;
    },
    restartProxy,
  };
}

/** The proxy alone, in front of whatever listens on `relayPort`. */
export async function startInFront(
  recipe: Recipe,
  trust: Trust,
  onFinished: OnFinished,
  relayPort: number,
  secrets: readonly string[] = [],
) {
  const folder = mkdtempSync(join(tmpdir(), 'earshot-recipe-'));
  onFinished(() => rmSync(folder, { recursive: true }));
  const port = await freePort();
  const command = recipe.prepareInFront({ folder, port, certificate: trust.proxy, relayPort });
  const watch = watchLeaks(folder);
  let proxy = await runProxy(command, port);
  const hidden = secrets.flatMap((secret) => [secret, Buffer.from(secret).toString('base64url')]);

  async function end({ stop, output }: ProxyProcess): Promise<void> {
    await stop();
    expect(watch.leaks(output(), hidden)).toEqual([]);
  }
  onFinished(() => end(proxy));
  return {
    port,
    async restartProxy(meanwhile: () => Promise<void>): Promise<void> {
      await end(proxy);
      await meanwhile();
      proxy = await runProxy(command, port);
    },
  };
}
