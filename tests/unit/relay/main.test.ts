/** The command itself: what it prints where, and how it ends. */
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { hashToken } from '../../../relay/access/authenticate.ts';
import { offerProtocols } from '../../../utils/protocol/subprotocol.ts';
import { keptLog } from '../../secrecy/kept-logs.ts';
import { connectAgent } from './agent-connection.ts';
import { createFakePlatform } from './fake-platform.ts';
import { until } from './until.ts';

const MAIN = join(import.meta.dirname, '../../../relay/main.ts');

function runRelay(args: readonly string[], env: Record<string, string> = {}) {
  const child = spawn(process.execPath, [MAIN, ...args], { env: { PATH: process.env['PATH'], ...env } });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk) => (stdout += chunk));
  const log = keptLog((text) => (stderr += text));
  child.stderr.on('data', (chunk) => log.write(String(chunk)));
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
  ['token new without a name', ['token', 'new']],
  ['an option of another command', ['check', '--config', 'relay.json', '--agent', 'Alice']],
])('%s ends with 2 and says what to do', async (_name, args) => {
  const relay = runRelay(args);
  expect(await relay.exited).toBe(2);
  expect(relay.stderr()).not.toBe('');
});

test('--help explains on stdout', async () => {
  const relay = runRelay(['--help']);
  expect([await relay.exited, relay.stdout()]).toEqual([0, expect.stringContaining('--config relay.json')]);
});

test('token new makes another each time', async () => {
  const newToken = () => runRelay(['token', 'new', '--agent', 'Alice', '--calls', 'all']);
  const [first, second] = [newToken(), newToken()];
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

describe('a relay in operation', () => {
  async function start(file: object, env: Record<string, string> = {}) {
    const platform = await createFakePlatform();
    onTestFinished(() => platform.stop());
    const path = await writeConfig({
      listen: { port: 0 },
      upstream: { url: platform.url, tokenFile: 'platform.token' },
      agents: [{ name: 'Alice', tokenSha256: hashToken('esh_a'), calls: 'all' }],
      limits: { connectionsPerAgent: 1_000 },
      ...file,
    });
    const relay = runRelay(['--config', path], env);
    return { platform, path, relay, url: await untilReady(relay) };
  }

  test('answers operators on an address of its own, with what was counted and no word that was spoken', async () => {
    const { relay, url, platform } = await start({ operations: { port: 0 } });
    const port = await until(() => {
      const found = /"port":(\d+),"msg":"operations listening"/.exec(relay.stderr())?.[1];
      if (found === undefined) throw new Error('no operations address');
      return found;
    });
    const agent = connectAgent(url, 'esh_a');
    await agent.ready();
    await until(() => expect(platform.connections()).toBe(1));
    platform.say('my card is 4929');
    await until(() => expect(agent.data()).toHaveLength(1));
    const ask = (path: string) => fetch(`http://127.0.0.1:${port}${path}`);
    const metrics = await (await ask('/metrics')).text();
    for (const line of [
      'earshot_connections{stream="main"} 1',
      'earshot_events_received_total{stream="main"} 1',
      'earshot_events_sent_total{stream="main"} 1',
      'earshot_upstream_state{stream="main",state="up"} 1',
      'earshot_slowest_client_bytes{stream="main"} 0',
    ]) {
      expect(metrics).toContain(`${line}\n`);
    }
    expect(metrics).not.toMatch(/4929|Alice|esh_/);
    expect((await ask('/readyz')).status).toBe(200);
    relay.child.kill('SIGTERM');
    expect(await relay.exited).toBe(0);
  });

  test('sends its agents away in slices on SIGTERM, and ends with 0', async () => {
    const { relay, url } = await start({});
    const agents = Array.from({ length: 120 }, () => connectAgent(url, 'esh_a'));
    await Promise.all(agents.map((agent) => agent.ready()));
    relay.child.kill('SIGTERM');
    expect(await relay.exited).toBe(0);
    for (const agent of agents) {
      expect(agent.frames.at(-1)).toMatchObject({
        type: 'bye',
        code: 1012,
        retryAfterMs: expect.any(Number),
      });
    }
  });

  test('ends at once on a second signal', async () => {
    const { relay, url } = await start({}, { EARSHOT_LOG_LEVEL: 'warn' });
    const raw = connect(Number(new URL(url).port), '127.0.0.1');
    onTestFinished(() => void raw.destroy());
    raw.on('error', () => {});
    let heard = '';
    raw.on('data', (chunk) => {
      heard += chunk;
    });
    const key = Buffer.alloc(16).toString('base64');
    const protocols = offerProtocols('esh_a').join(', ');
    raw.write(
      `GET /v1/stream HTTP/1.1\r\nhost: x\r\nupgrade: websocket\r\nconnection: upgrade\r\n` +
        `sec-websocket-version: 13\r\nsec-websocket-key: ${key}\r\nsec-websocket-protocol: ${protocols}\r\n\r\n`,
    );
    await until(() => expect(heard).toContain('hello'));
    relay.child.kill('SIGTERM');
    // It does not answer the close frame, so it would be waited for.
    await until(() => expect(heard).toContain('bye'));
    expect(relay.child.exitCode).toBeNull();
    relay.child.kill('SIGTERM');
    expect(await relay.exited).toBe(0);
    expect(relay.stderr()).toContain('ending at once');
  });

  test.each([
    ['warn', false],
    ['info', true],
  ])('logs at the level %s', async (level, hasInfo) => {
    const { relay } = await start({}, { EARSHOT_LOG_LEVEL: level });
    relay.child.kill('SIGTERM');
    await relay.exited;
    expect(relay.stderr().includes('"level":30')).toBe(hasInfo);
  });

  test('does not start with a level that is none, or where it cannot listen', async () => {
    const { path, url } = await start({});
    const wrong = runRelay(['--config', path], { EARSHOT_LOG_LEVEL: 'loud' });
    expect([await wrong.exited, wrong.stderr()]).toEqual([2, expect.stringContaining('EARSHOT_LOG_LEVEL')]);
    const file = JSON.parse(await readFile(path, 'utf8')) as object;
    await writeFile(path, JSON.stringify({ ...file, operations: { port: Number(new URL(url).port) } }));
    const second = runRelay(['--config', path]);
    expect([await second.exited, second.stderr()]).toEqual([1, expect.stringContaining('EADDRINUSE')]);
    expect(second.stdout()).toBe('');
  });
});

describe('check', () => {
  test('says each hop on stdout and ends with 0, or with 1 where something is wrong', async () => {
    const platform = await createFakePlatform();
    onTestFinished(() => platform.stop());
    const path = await writeConfig({
      listen: { port: 0 },
      upstream: { url: platform.url, tokenFile: 'platform.token' },
      agents: [{ name: 'Alice', tokenSha256: hashToken('esh_a'), calls: 'all' }],
    });
    const well = runRelay(['check', '--config', path]);
    expect([await well.exited, well.stderr()]).toEqual([0, '']);
    expect(well.stdout()).toMatch(/^ok {4}configuration: .*\nok {4}token \(main\): .*\n/);
    expect(well.stdout()).toMatch(/\nok {4}upgrade \(main\): .*\n[\s\S]*\nNothing is wrong\.\n$/);
    expect(well.stdout()).not.toContain('platform-token-1');

    platform.refuseWith('401 Unauthorized');
    const poor = runRelay(['check', '--json', '--config', path]);
    expect(await poor.exited).toBe(1);
    expect(JSON.parse(poor.stdout())).toMatchObject({
      ok: false,
      hops: expect.arrayContaining([
        expect.objectContaining({ hop: 'upgrade', stream: 'main', tone: 'poor' }),
      ]),
    });
  });

  test('of a configuration that is not usable ends with 1 and names each field', async () => {
    const relay = runRelay(['check', '--config', await writeConfig({ agents: [] })]);
    expect(await relay.exited).toBe(1);
    expect(relay.stdout()).toContain('FAIL  configuration: upstream: expected this field');
  });
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
