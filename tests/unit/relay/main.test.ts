/** The command itself: what it prints where, and how it ends. */
import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
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

/** Once it has said where it listens. */
function untilReady(relay: ReturnType<typeof runRelay>): Promise<string> {
  return until(() => {
    const url = /^ready (ws:\S+)\n$/.exec(relay.stdout())?.[1];
    if (url === undefined) throw new Error(`not ready: ${relay.stdout()}${relay.stderr()}`);
    return url;
  });
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

describe('a configuration file that changes', () => {
  const alice = { name: 'Alice', tokenSha256: hashToken('esh_a'), calls: 'all' };
  const bob = { name: 'Bob', tokenSha256: hashToken('esh_b'), calls: 'all' };

  /** A relay as a process of its own, and both agents connected to it. */
  async function startWithBoth() {
    const platform = await createFakePlatform();
    onTestFinished(() => platform.stop());
    const good = {
      listen: { port: 0 },
      upstream: { url: platform.url, tokenFile: 'platform.token' },
      agents: [alice, bob],
    };
    const path = await writeConfig(good);
    const relay = runRelay(['--config', path]);
    const url = await untilReady(relay);
    const [a, b] = [connectAgent(url, 'esh_a'), connectAgent(url, 'esh_b')];
    await Promise.all([a.ready(), b.ready()]);
    await until(() => expect(platform.connections()).toBe(1));
    return { platform, good, path, relay, a, b };
  }

  test('without one agent: that agent is sent away with 4401, the other stays and goes on', async () => {
    const { platform, good, path, relay, a, b } = await startWithBoth();
    await writeFile(path, JSON.stringify({ ...good, agents: [bob] }));
    await until(() => expect(a.closeCode()).toBe(4401));
    expect(a.frames.at(-1)).toMatchObject({ type: 'bye', code: 4401 });
    platform.say('still here');
    await until(() => expect(b.data()).toEqual(['still here']));
    expect([b.closeCode(), relay.child.exitCode, platform.upgrades()]).toEqual([undefined, null, 1]);
    expect(relay.stderr()).not.toContain('needs a restart');
  });

  test('into a broken one: everything stays, the field is logged, no secret is; then corrected, it counts', async () => {
    const { platform, good, path, relay, a, b } = await startWithBoth();
    const broken = { ...good, agents: [{ ...bob, tokenSha256: 'esh_do-not-show' }] };
    await writeFile(path, JSON.stringify(broken));
    await until(() => expect(relay.stderr()).toContain('agents[0].tokenSha256: expected'));
    platform.say('1');
    await until(() => expect([a.data(), b.data()]).toEqual([['1'], ['1']]));
    expect(relay.stderr()).not.toContain('do-not-show');
    await writeFile(path, JSON.stringify({ ...good, agents: [alice] }));
    await until(() => expect(b.closeCode()).toBe(4401));
    expect(a.closeCode()).toBeUndefined();
  });

  test('elsewhere: that it needs a restart is logged, and nothing moves', async () => {
    const { good, path, relay, a, b } = await startWithBoth();
    await writeFile(path, JSON.stringify({ ...good, window: { events: 5_000 } }));
    await until(() => expect(relay.stderr()).toMatch(/"fields":\["streams"\].*needs a restart/));
    a.send('{"type":"ping","id":1}');
    await a.first('pong');
    expect([a.closeCode(), b.closeCode()]).toEqual([undefined, undefined]);
  });

  test('or does not: SIGHUP reads it again', async () => {
    const { relay, a } = await startWithBoth();
    expect(relay.stderr()).not.toContain('configuration in force');
    relay.child.kill('SIGHUP');
    await until(() => expect(relay.stderr()).toContain('configuration in force'));
    expect([a.closeCode(), relay.child.exitCode]).toEqual([undefined, null]);
  });
});
