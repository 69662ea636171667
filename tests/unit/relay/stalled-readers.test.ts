/** A thousand agents who have stopped reading, against the relay as a process of its own, whose memory Linux tells. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { hashToken } from '../../../relay/access/authenticate.ts';
import { createFakePlatform } from './fake-platform.ts';
import { openRaw } from './raw-client.ts';
import { until } from './until.ts';

const MIB = 1024 * 1024;
const READERS = 1_000;
const FLOOD_MS = 10_000;
const FLOOD_EVERY_MS = 10;
/** 4 MB a second: each reader is owed far more than it may be behind. */
const EVENT = JSON.stringify({ callid: 'c1', text: 'x'.repeat(40_000) });
/** The replay window and its frames are 60 to 180 MiB, twice that on a busy machine; a copy for each reader, 536 and more. */
const MOST_GROWN_BYTES = 450 * MIB;
const TOKEN = 'esh_stalled';

const main = resolve(import.meta.dirname, '../../../relay/main.ts');

function residentBytes(pid: number): number {
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) * 1024;
}

async function startRelayProcess(upstreamUrl: string) {
  const folder = await mkdtemp(join(tmpdir(), 'earshot-stalled-'));
  const file = join(folder, 'relay.json');
  const many = 10_000;
  await writeFile(
    file,
    JSON.stringify({
      listen: { port: 0 },
      upstream: { url: upstreamUrl },
      agents: [{ name: 'Stalled', tokenSha256: hashToken(TOKEN), calls: 'all' }],
      limits: { connections: many, connectionsPerAgent: many, connectionsPerAddress: many },
    }),
  );
  const child = spawn(process.execPath, [main, '--config', file], {
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { ...process.env, EARSHOT_PLATFORM_TOKEN: 'platform-token-1' },
  });
  onTestFinished(async () => {
    if (child.exitCode === null) {
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
    await rm(folder, { recursive: true });
  });
  let said = '';
  child.stdout.on('data', (text: Buffer) => {
    said += text.toString();
  });
  const port = await until(() => {
    const address = /^ready (\S+)\n/m.exec(said)?.[1];
    if (address === undefined) throw new Error('the relay is not ready');
    return Number(new URL(address).port);
  });
  return { port, pid: child.pid ?? 0, hasEnded: () => child.exitCode !== null };
}

test.skipIf(process.platform !== 'linux')(
  'a thousand stalled readers cost the memory of a few while the platform floods',
  async () => {
    const platform = await createFakePlatform();
    onTestFinished(() => platform.stop());
    const relay = await startRelayProcess(platform.url);
    await until(() => expect(platform.connections()).toBe(1));
    const readers = Array.from({ length: READERS }, () => openRaw(relay.port, TOKEN));
    onTestFinished(() => {
      for (const reader of readers) reader.destroy();
    });
    for (const reader of readers) await once(reader, 'readable');

    const before = residentBytes(relay.pid);
    let most = before;
    const endMs = Date.now() + FLOOD_MS;
    while (Date.now() < endMs) {
      platform.say(EVENT);
      await wait(FLOOD_EVERY_MS);
      most = Math.max(most, residentBytes(relay.pid));
    }
    expect(relay.hasEnded()).toBe(false);
    expect(most - before).toBeLessThan(MOST_GROWN_BYTES);
  },
  120_000,
);
