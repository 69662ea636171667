/** Relays of the bench: `relay/main.ts` with a configuration file, as it is run in earnest. */
import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { hashToken } from '../../relay/access/authenticate.ts';
import { startServer } from '../children.ts';
import type { SubjectName } from './messages.ts';

const relayMain = resolve(import.meta.dirname, '../../relay/main.ts');
const SERVING_POLL_MS = 20;
const SERVING_PATIENCE_MS = 30_000;
/** All connections come from one address here. */
const MANY = 100_000;
let filesWritten = 0;

/** `calls` as an agent's entry in the configuration has it. */
export type BenchAgent = { token: string; calls: unknown };

export type RelaySetup = {
  folder: string;
  /** Which of the platform's feeds it hears, and the name of its stream. */
  feed: SubjectName;
  platformPort: number;
  agents: readonly BenchAgent[];
  /** Of a NATS on this machine; undefined: the relay stands alone. */
  natsPort: number | undefined;
};

export function makeAgents(count: number, callsOf: (agent: number) => unknown): BenchAgent[] {
  return Array.from({ length: count }, (_, agent) => ({
    token: `esh_${randomBytes(24).toString('base64url')}`,
    calls: callsOf(agent),
  }));
}

/** With its defaults, but for bounds on connections. Resolves once it serves agents and the platform is there. */
export async function startRelay(setup: RelaySetup): Promise<{ pid: number; port: number }> {
  const { folder, feed, platformPort, agents, natsPort } = setup;
  filesWritten += 1;
  const file = join(folder, `${feed}-${filesWritten}.json`);
  const tokenFile = join(folder, 'platform-token');
  writeFileSync(tokenFile, 'bench');
  const config = {
    listen: { host: '127.0.0.1', port: 0 },
    streams: [{ name: feed, upstream: { url: `ws://127.0.0.1:${platformPort}/${feed}`, tokenFile } }],
    agents: agents.map(({ token, calls }, agent) => ({
      name: `agent ${agent}`,
      tokenSha256: hashToken(token),
      calls,
    })),
    limits: { connections: MANY, connectionsPerAgent: MANY, connectionsPerAddress: MANY },
    ...(natsPort === undefined ? {} : { bus: { nats: { servers: [`nats://127.0.0.1:${natsPort}`] } } }),
  };
  writeFileSync(file, JSON.stringify(config));
  const { pid, ready } = await startServer(process.execPath, [relayMain, '--config', file]);
  const port = Number(new URL(ready).port);
  await untilServing(port);
  return { pid, port };
}

async function untilServing(port: number): Promise<void> {
  const giveUpMs = Date.now() + SERVING_PATIENCE_MS;
  for (;;) {
    const { ok } = await fetch(`http://127.0.0.1:${port}/readyz`);
    if (ok) return;
    if (Date.now() > giveUpMs) throw new Error('a relay did not become ready');
    await wait(SERVING_POLL_MS);
  }
}
