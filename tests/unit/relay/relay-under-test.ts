/** A running relay with its fake platform, and undoing for both. Log lines are kept. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { onTestFinished } from 'vitest';
import { relayConfig } from '../../../demo/relay-config.ts';
import type { Agent } from '../../../relay/access/agents.ts';
import { hashToken } from '../../../relay/access/authenticate.ts';
import type { Limits } from '../../../relay/limits.ts';
import { startRelay } from '../../../relay/run-relay.ts';
import { keptLog } from '../../secrecy/kept-logs.ts';
import { type AgentConnection, connectAgent } from './agent-connection.ts';
import { createFakePlatform } from './fake-platform.ts';
import { until } from './until.ts';

export const ALICE_TOKEN = 'esh_alice-secret';
export const BOB_TOKEN = 'esh_bob-secret';

export const ALICE: Agent = {
  name: 'Alice',
  tokenSha256: hashToken(ALICE_TOKEN),
  calls: 'all',
  stream: 'main',
};
export const BOB: Agent = { name: 'Bob', tokenSha256: hashToken(BOB_TOKEN), calls: [], stream: 'main' };

export type Options = {
  origins?: string[];
  /** Instead of Alice, who sees all calls, and Bob, who sees none. */
  agents?: Agent[];
  /** As the configuration file writes them. */
  identity?: object;
  listen?: object;
  limits?: Partial<Limits>;
  /** Written to the token file before the start. */
  platformToken?: string;
  /** Runs before the relay starts. */
  prepare?: (platform: Awaited<ReturnType<typeof createFakePlatform>>) => void;
};

export async function startTestRelay(options: Options = {}) {
  const platform = await createFakePlatform();
  const folder = await mkdtemp(join(tmpdir(), 'earshot-relay-'));
  const tokenFile = join(folder, 'platform.token');
  await writeFile(tokenFile, options.platformToken ?? 'platform-token-1\n');
  options.prepare?.(platform);

  const lines: string[] = [];
  const log = pino(
    { level: 'debug' },
    keptLog((line) => lines.push(line)),
  );
  const file = relayConfig({
    upstream: { url: platform.url, tokenFile },
    agents: [{ name: 'Nobody', tokenSha256: '0'.repeat(64) }],
    origins: options.origins,
    identity: options.identity,
    listen: { port: 0, ...options.listen },
  });
  const config = { ...file, agents: options.agents ?? [ALICE, BOB] };
  const relay = await startRelay(config, { log, limits: options.limits ?? {} });
  onTestFinished(async () => {
    await relay.stop();
    await platform.stop();
    await rm(folder, { recursive: true });
  });

  const httpUrl = relay.url.replace('ws:', 'http:').replace('/v1/stream', '');
  return {
    relay,
    config,
    platform,
    tokenFile,
    httpUrl,
    logText: () => lines.join(''),
    connect: (token = ALICE_TOKEN, resume: object | null = {}): AgentConnection =>
      connectAgent(relay.url, token, resume),
    session: (headers: Record<string, string>) => fetch(`${httpUrl}/v1/session`, { headers }),
    untilUp: () =>
      until(() => {
        if (platform.connections() !== 1) throw new Error('the relay is not connected');
      }),
  };
}
