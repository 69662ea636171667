/** The command itself: what it prints where, and how it ends. */
import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { hashToken } from '../../../relay/authenticate.ts';
import { connectAgent } from './agent-connection.ts';
import { createFakePlatform } from './fake-platform.ts';
import { until } from './until.ts';

const MAIN = join(import.meta.dirname, '../../../relay/main.ts');

function runRelay(args: readonly string[], env: Record<string, string> = {}) {
  const child = spawn(process.execPath, [MAIN, ...args], { env: { PATH: process.env['PATH'], ...env } });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk) => (stdout += chunk));
  child.stderr.on('data', (chunk) => (stderr += chunk));
  const exited = new Promise<number | null>((resolve) => child.on('close', resolve));
  onTestFinished(() => void child.kill('SIGKILL'));
  return { child, exited, stdout: () => stdout, stderr: () => stderr };
}

async function writeConfig(config: unknown): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'earshot-main-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  await writeFile(join(folder, 'platform.token'), 'platform-token-1');
  const path = join(folder, 'relay.json');
  await writeFile(path, JSON.stringify(config));
  return path;
}

test('a bad configuration ends with 2, naming each field', async () => {
  const path = await writeConfig({ upstream: { url: 'http://x/', tokenFile: 't' }, agents: [{ name: 'A' }] });
  const relay = runRelay(['--config', path]);
  expect(await relay.exited).toBe(2);
  expect(relay.stdout()).toBe('');
  expect(relay.stderr().split('\n')).toEqual([
    expect.stringMatching(/^upstream\.url: expected a wss:/),
    expect.stringMatching(/^agents\[0\]\.tokenSha256: expected this field, found nothing/),
    expect.stringContaining('relay.json'),
    '',
  ]);
});

test.each([
  ['nothing', []],
  ['an unknown option', ['--port', '1']],
  ['an unknown command', ['serve']],
  ['a file that is not there', ['--config', '/nowhere/relay.json']],
  ['token without a name', ['token']],
])('%s ends with 2 and says what to do', async (_name, args) => {
  const relay = runRelay(args);
  expect(await relay.exited).toBe(2);
  expect(relay.stderr()).not.toBe('');
});

test('--help explains on stdout', async () => {
  const relay = runRelay(['--help']);
  expect([await relay.exited, relay.stdout()]).toEqual([0, expect.stringContaining('--config relay.json')]);
});

test('token makes another each time', async () => {
  const [first, second] = [runRelay(['token', '--agent', 'Alice']), runRelay(['token', '--agent', 'Alice'])];
  expect([await first.exited, await second.exited]).toEqual([0, 0]);
  expect(first.stdout()).toMatch(/esh_[\w-]{43}\n/);
  expect(first.stdout()).not.toBe(second.stdout());
});

test('runs, serves, and on SIGTERM says bye and ends with 0', async () => {
  const platform = await createFakePlatform();
  onTestFinished(() => platform.stop());
  const path = await writeConfig({
    listen: { port: 0 },
    upstream: { url: platform.url, tokenFile: 'platform.token' },
    agents: [{ name: 'Alice', tokenSha256: hashToken('esh_a'), calls: 'all' }],
  });
  const relay = runRelay(['--config', path]);
  await until(() => expect(relay.stdout()).toMatch(/^ready ws:\/\/127\.0\.0\.1:\d+\/v1\/stream\n$/));
  const agent = connectAgent(relay.stdout().slice('ready '.length).trim(), 'esh_a');
  await agent.ready();
  await until(() => expect(platform.connections()).toBe(1));
  platform.say('hello');
  await until(() => expect(agent.data()).toEqual(['hello']));
  relay.child.kill('SIGTERM');
  expect(await relay.exited).toBe(0);
  expect(agent.frames.at(-1)).toMatchObject({ type: 'bye', code: 1012 });
  expect(relay.stdout().split('\n')).toHaveLength(2);
  for (const line of relay.stderr().trim().split('\n')) expect(() => JSON.parse(line)).not.toThrow();
});
