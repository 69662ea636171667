/** The relay from its packed file alone, in the Nodes that it is for, and in one that it is not for. */
import { access, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { startSimulator } from '../../demo/simulator/start-simulator.ts';
import { connectAgent } from '../unit/relay/agent-connection.ts';
import { until } from '../unit/relay/until.ts';
import { install, OWN_NODE, packRelay, ROOT, relayIn } from './installed-relay.ts';

let folder: string;
let packed: { first: Buffer; second: Buffer };
const nodeIn = (name: string) => join(folder, name, 'node_modules/.bin');
const relayWith = (nodeFolder: string) => relayIn(join(folder, 'relay'), nodeFolder);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'earshot-package-'));
  const first = await readFile(await packRelay());
  const path = await packRelay();
  packed = { first, second: await readFile(path) };
  await Promise.all([
    install(path, join(folder, 'relay')),
    install('node@22', join(folder, 'node-22')),
    install('node@20', join(folder, 'node-20')),
  ]);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test('packing it twice gives the same bytes', () => {
  expect(packed.first.equals(packed.second)).toBe(true);
});

test('its code is JavaScript, and what its documents link to comes with it', async () => {
  const { files, readText } = relayWith(OWN_NODE);
  const names = await readdir(files, { recursive: true });
  expect(names.filter((name) => name.endsWith('.ts'))).toEqual([]);
  expect(names).toContain('LICENSE');
  const documents = names.filter((name) => name.endsWith('.md') && !name.includes('node_modules'));
  expect(documents).toContain('README.md');
  for (const document of documents) {
    for (const [, link = ''] of (await readText(document)).matchAll(/\]\((?!https?:|#)([^)#]+)/g)) {
      await access(join(files, dirname(document), link));
    }
  }
});

test('it brings what is locked here, and nothing else', async () => {
  const lock = v.object({ packages: v.record(v.string(), v.object({ version: v.optional(v.string()) })) });
  const read = async (path: string) => v.parse(lock, JSON.parse(await readFile(path, 'utf8'))).packages;
  const here = await read(join(ROOT, 'package-lock.json'));
  const there = await read(join(folder, 'relay/node_modules/.package-lock.json'));
  const versions = Object.entries(there).map(([path, { version }]) => [
    path.split('node_modules/').at(-1),
    version,
  ]);
  expect(versions.length).toBeGreaterThan(9);
  for (const [name, version] of versions) {
    if (name !== 'earshot-relay')
      expect([name, version]).toEqual([name, here[`node_modules/${name}`]?.version]);
  }
});

test('the systemd unit in it starts it', async () => {
  const { readText } = relayWith(OWN_NODE);
  const unit = await readText('relay/deploy/earshot-relay.service');
  const [, program = ''] = /^ExecStart=\/usr\/bin\/node \/opt\/earshot\/(\S+) --config /m.exec(unit) ?? [];
  await access(join(folder, 'relay', program));
});

describe.each([
  { node: '24', nodeFolder: () => OWN_NODE },
  { node: '22', nodeFolder: () => nodeIn('node-22') },
])('in Node $node, npx earshot-relay', ({ nodeFolder }) => {
  test('names what can be typed', async () => {
    const relay = relayWith(nodeFolder());
    const help = await relay.run('--help');
    expect(help).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('  npx earshot-relay token new --agent'),
    });
    expect(help.stdout).not.toContain('npm run');
    expect(await relay.run('serve')).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(
        /^(npm warn .*\n)*serve: no such command\nSee: npx earshot-relay --help\n$/,
      ),
    });
  });

  test('does what its README says, from a new token to a line and a farewell', async () => {
    const relay = relayWith(nodeFolder());
    const simulator = await startSimulator({ port: 0, script: '10141', token: 'platform-token-1' });
    onTestFinished(() => simulator.stop());
    const config = {
      ...exampleIn(await relay.readText('README.md')),
      listen: { port: 0 },
      upstream: { url: simulator.url, tokenFile: 'platform.token' },
    };
    await relay.write('platform.token', 'platform-token-1\n');
    await relay.write('relay.json', JSON.stringify(config));
    const poor = await relay.run('check', '--config', 'relay.json');
    expect(poor.code).toBe(1);
    expect(poor.stdout).toContain('npx earshot-relay token new --agent NAME');

    const { code, stdout } = await relay.run('token', 'new', '--agent', 'Alice', '--calls', 'all');
    expect(code).toBe(0);
    const [token = ''] = /esh_[\w-]{43}/.exec(stdout) ?? [];
    const [entry = ''] = /\{.*\}/.exec(stdout) ?? [];
    await relay.write('relay.json', JSON.stringify({ ...config, agents: [JSON.parse(entry)] }));
    expect(await relay.run('check', '--config', 'relay.json')).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/\nNothing is wrong\.\n$/),
    });

    const running = relay.start('--config', 'relay.json');
    const url = await until(() => {
      const found = /^ready (ws:\S+)\n$/.exec(running.stdout())?.[1];
      if (found === undefined) throw new Error(`not ready: ${running.stdout()}${running.stderr()}`);
      return found;
    });
    const agent = connectAgent(url, token);
    await agent.ready();
    await agent.upstream('up');
    await until(() => expect(simulator.subscriptions()).toBeGreaterThan(0));
    simulator.publish({
      kind: 'line',
      call: { callId: 'c1', destNumber: '2001' },
      leg: 0,
      text: 'said to a package',
      final: true,
      utteranceId: 'u1',
    });
    await until(() => expect(JSON.stringify(agent.data())).toContain('said to a package'));
    running.terminate();
    expect(await running.ended).toMatchObject({ code: 0 });
    expect(agent.frames.at(-1)).toMatchObject({ type: 'bye', code: 1012 });
  });
});

test('in Node 20 it says in one sentence what it needs', async () => {
  expect(await relayWith(nodeIn('node-20')).run('--help')).toMatchObject({
    code: 2,
    stdout: '',
    stderr: expect.stringMatching(
      /^(npm warn .*\n)*The Earshot relay needs Node 22\.19 or newer; this is Node 20\S+\.\n$/,
    ),
  });
});

/** The configuration in a README. */
function exampleIn(readme: string) {
  const [, text] = /```json\n([\s\S]*?)```/.exec(readme) ?? [];
  return v.parse(v.pipe(v.string(), v.parseJson(), v.looseObject({ agents: v.array(v.unknown()) })), text);
}
