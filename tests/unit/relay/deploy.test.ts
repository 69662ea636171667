/** What is handed to operators: that the example can be read, and that a container holds all it needs and no more. */
import { execFile, spawn } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import * as v from 'valibot';
import { expect, onTestFinished, test } from 'vitest';
import { readConfig } from '../../../relay/config/config.ts';
import { LIMITS } from '../../../relay/limits.ts';
import { keptLog } from '../../secrecy/kept-logs.ts';
import { createFakePlatform } from './fake-platform.ts';
import { until } from './until.ts';

const ROOT = resolve(import.meta.dirname, '../../..');
const DEPLOY = join(ROOT, 'relay/deploy');
const run = promisify(execFile);

test('the example configuration is usable', async () => {
  const text = await readFile(join(DEPLOY, 'relay.example.json'), 'utf8');
  expect(readConfig(text, {})).toMatchObject({ ok: true });
});

test('systemd waits for a drain to end', async () => {
  const unit = await readFile(join(DEPLOY, 'earshot-relay.service'), 'utf8');
  const waitMs = Number(/^TimeoutStopSec=(\d+)$/m.exec(unit)?.[1]) * 1_000;
  expect(waitMs).toBeGreaterThan(LIMITS.drainMs + LIMITS.closeWaitMs);
});

const lockFile = v.object({
  packages: v.record(
    v.string(),
    v.object({
      dev: v.optional(v.boolean()),
      optional: v.optional(v.boolean()),
      devOptional: v.optional(v.boolean()),
    }),
  ),
});

/** What `npm ci --omit=dev --omit=optional` would install, taken from what is installed here. */
async function installWithoutDev(folder: string): Promise<void> {
  const { packages } = v.parse(lockFile, JSON.parse(await readFile(join(ROOT, 'package-lock.json'), 'utf8')));
  const needed = Object.entries(packages).filter(
    ([path, { dev, optional, devOptional }]) => path !== '' && !dev && !optional && !devOptional,
  );
  for (const [path] of needed) await cp(join(ROOT, path), join(folder, path), { recursive: true });
}

test('a container of what the Dockerfile copies starts, is healthy, and ends on its stop signal', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'earshot-container-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const dockerfile = await readFile(join(DEPLOY, 'Dockerfile'), 'utf8');
  const stage = dockerfile.slice(dockerfile.lastIndexOf('\nFROM '));
  for (const [, from = '', to = ''] of stage.matchAll(/^COPY (?!--from)(\S+) (\S+)$/gm)) {
    await cp(join(ROOT, from), join(folder, to === './' ? from : to), { recursive: true });
  }
  await installWithoutDev(folder);
  const commandOf = (word: string) =>
    v.parse(
      v.pipe(v.string(), v.parseJson(), v.tupleWithRest([v.literal('node')], v.string())),
      new RegExp(`${word} (\\[.*\\])$`, 'm').exec(stage)?.[1],
    );
  const [, ...entrypoint] = commandOf('ENTRYPOINT');
  const [, ...health] = commandOf('HEALTHCHECK .*CMD');
  const signal = /^STOPSIGNAL (\w+)$/m.exec(stage)?.[1];

  const { stdout: help } = await run(process.execPath, [...entrypoint, '--help'], { cwd: folder });
  expect(help).toContain('Earshot relay');

  const platform = await createFakePlatform();
  onTestFinished(() => platform.stop());
  const config = {
    listen: { port: 0 },
    upstream: { url: platform.url, tokenFile: 'platform.token' },
    agents: [{ name: 'Alice', tokenSha256: '0'.repeat(64) }],
  };
  await writeFile(join(folder, 'relay.json'), JSON.stringify(config));
  await writeFile(join(folder, 'platform.token'), 'platform-token-1');
  const child = spawn(process.execPath, [...entrypoint, '--config', 'relay.json'], { cwd: folder, env: {} });
  onTestFinished(() => void child.kill('SIGKILL'));
  let stdout = '';
  const log = keptLog();
  child.stdout.on('data', (chunk) => {
    stdout += chunk;
  });
  child.stderr.on('data', (chunk) => log.write(String(chunk)));
  const exited = new Promise((resolveCode) => child.on('close', resolveCode));
  await until(() => expect(stdout).toContain('ready'));
  await until(() => expect(platform.connections()).toBe(1));

  const healthUrl = stdout.replace('ready ws:', 'http:').replace('/v1/stream\n', '/healthz');
  const ask = (url: string) =>
    run(process.execPath, health, { cwd: folder, env: { EARSHOT_HEALTH_URL: url } });
  await expect(ask(healthUrl)).resolves.toMatchObject({ stderr: '' });
  await expect(ask(healthUrl.replace('/healthz', '/nothing'))).rejects.toThrow();

  expect(signal).toBe('SIGTERM');
  child.kill('SIGTERM');
  expect(await exited).toBe(0);
});
