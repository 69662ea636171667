/** The platform's token while the relay runs, over real files. */
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { expect, onTestFinished, test } from 'vitest';
import { mintJwt } from '../../../demo/simulator/access.ts';
import { systemClock } from '../../../relay/clock.ts';
import type { PlatformTokenSource } from '../../../relay/config/config.ts';
import { watchPlatformToken } from '../../../relay/upstream/platform-token-watch.ts';
import { until } from './until.ts';

const HOUR_MS = 3_600_000;
const key = Buffer.alloc(32, 1);
const jwt = (expiresAtMs: number) => mintJwt(0, expiresAtMs, key);

async function tokenFile(content?: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'earshot-token-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const path = join(folder, 'platform.token');
  if (content !== undefined) await writeFile(path, content);
  return path;
}

function watch(source: PlatformTokenSource) {
  const told: string[] = [];
  const log = pino({ base: null }, { write: (line: string) => void told.push(line) });
  const expiries: (number | undefined)[] = [];
  const { stop } = watchPlatformToken(source, systemClock, {
    onChange: () => log.info('changed'),
    onUnreadable: (reason) => log.warn(reason),
    onExpiry: (atMs) => void expiries.push(atMs),
    onExpiring: (atMs, leftMs) => log.warn({ atMs, isOver: leftMs <= 0 }),
  });
  onTestFinished(stop);
  return { expiries, count: (word: string) => told.join('').split(word).length - 1 };
}

test('what stands there at the start is no change; what is written or put in its place later is', async () => {
  const path = await tokenFile('first');
  const { expiries, count } = watch({ from: 'file', path });
  expect(expiries).toEqual([undefined]);
  await writeFile(path, 'second\n');
  await until(() => expect(count('changed')).toBe(1));
  const inAnHour = Math.ceil(Date.now() / 1_000) * 1_000 + HOUR_MS;
  await writeFile(`${path}.new`, jwt(inAnHour));
  await rename(`${path}.new`, path);
  await until(() => expect(count('changed')).toBe(2));
  expect(expiries).toEqual([undefined, undefined, inAnHour]);
});

test('a file that is not there yet is told once, and its coming is a change', async () => {
  const path = await tokenFile();
  const { count } = watch({ from: 'file', path });
  await until(() => expect(count('ENOENT')).toBe(1));
  await writeFile(path, 'at last');
  await until(() => expect(count('changed')).toBe(1));
  expect(count('ENOENT')).toBe(1);
});

test('a token of the environment never changes, and ends like any other', () => {
  const { expiries, count } = watch({ from: 'environment', token: jwt(5_000) });
  expect([expiries, count('"isOver":true'), count('changed')]).toEqual([[5_000], 1, 0]);
});
