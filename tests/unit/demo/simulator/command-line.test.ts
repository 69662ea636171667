import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { parseDuration } from '../../../../demo/simulator/duration.ts';
import { readFlags } from '../../../../demo/simulator/read-flags.ts';
import { askForUpgrade, listen } from './listener.ts';
import { guideScript, writeTemporary } from './scripts.ts';

const main = join(import.meta.dirname, '..', '..', '..', '..', 'demo', 'simulate.ts');

function run(...args: string[]) {
  return spawnSync(process.execPath, [main, ...args], { encoding: 'utf8', timeout: 20_000 });
}

type Running = { child: ChildProcess; url: string; stdout(): string; stderr(): string };

async function start(...args: string[]): Promise<Running> {
  const child = spawn(process.execPath, [main, '--port', '0', ...args]);
  onTestFinished(() => void child.kill('SIGKILL'));
  let stdout = '';
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
      const ready = /^ready (\S+)\n/m.exec(stdout);
      if (ready?.[1] !== undefined) resolve(ready[1]);
    });
    child.on('exit', (code) => reject(new Error(`exit ${code}: ${stderr}`)));
  });
  return { child, url, stdout: () => stdout, stderr: () => stderr };
}

async function takePort(): Promise<number> {
  const taken = createServer().listen(0, '127.0.0.1');
  onTestFinished(() => void taken.close());
  await once(taken, 'listening');
  return (taken.address() as AddressInfo).port;
}

const token = ['--token', 'T'];

describe('npm run simulate', () => {
  test.each([
    [[], 'Give either --token T or --token-ttl TIME: clients must bring a token.'],
    [
      [...token, '--token-ttl', '1h'],
      'Give either --token T or --token-ttl TIME: clients must bring a token.',
    ],
    [['--token', ''], '--token must be one word of ASCII characters, since it travels in a header.'],
    [['--token', 'a b'], '--token must be one word of ASCII characters, since it travels in a header.'],
    [['--token-ttl', '30'], '--token-ttl must be a time such as 90s, 30m or 2h.'],
    [['--token-ttl', '0s'], '--token-ttl must be a time such as 90s, 30m or 2h.'],
    [[...token, '--port', '65536'], '--port must be a whole number from 0 to 65535.'],
    [[...token, '--port', ''], '--port must be a whole number from 0 to 65535.'],
    [[...token, '--script', 'abc'], '--script must be a number of 1 to 12 digits.'],
    [[...token, '--speed', '0'], '--speed must be a number from 0.001 to 1000000.'],
    [[...token, '--lines', '1.5'], '--lines must be a whole number from 1 to 1000000000.'],
    [[...token, '--lines', '5', '--rate', 'fast'], '--rate must be a number from 0.001 to 1000000.'],
    [[...token, '--lines', '5', '--over', '0'], '--over must be a whole number from 1 to 100000.'],
    [[...token, '--lines', '5', '--calls', '.'], '--calls, --lines and --frames exclude one another.'],
    [[...token, '--rate', '5'], '--rate needs --lines or --frames; calls have a --speed.'],
    [[...token, '--over', '5'], '--over needs --lines.'],
    [
      [...token, '--shape', 'round'],
      expect.stringMatching(/^There is no shape "round"\. The shapes are guess, text, /),
    ],
    [[...token, '--colour'], expect.stringContaining("Unknown option '--colour'")],
    [[...token, 'stray'], expect.stringContaining("Unexpected argument 'stray'")],
    [[...token, '--calls'], expect.stringContaining('argument missing')],
  ])('refuses %j with a sentence', (args, reason) => {
    expect(readFlags(args)).toEqual({ kind: 'refused', reason });
  });

  test.each([
    ['a bad flag', [...token, '--port', 'x'], '--port must be a whole number'],
    [
      'a folder that is not there',
      [...token, '--calls', '/nowhere'],
      'The folder of calls /nowhere cannot be read.',
    ],
    ['a folder without calls', [...token, '--calls', import.meta.dirname], 'There is no call file'],
    [
      'a script that is not there',
      [...token, '--app', '/nowhere.js'],
      'The script /nowhere.js cannot be read.',
    ],
    [
      'frames that are not there',
      [...token, '--frames', '/nowhere'],
      'The file of frames /nowhere cannot be read.',
    ],
  ])('exits 2 for %s, with stdout empty', (_name, args, reason) => {
    const { status, stdout, stderr } = run(...args);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain(reason);
  });

  test('exits 2 for a call file that is none, and says where', () => {
    const folder = join(writeTemporary('bad.json', '{"sid":"a","source":"b","lines":[{"leg":2}]}'), '..');
    const { status, stderr } = run(...token, '--calls', folder);
    expect(status).toBe(2);
    expect(stderr).toContain('bad.json is not a call file: lines.0.leg is missing or not what it must be.');
  });

  test('exits 1 for a port that is in use', async () => {
    const { status, stderr } = run(...token, '--port', String(await takePort()));
    expect(status).toBe(1);
    expect(stderr).toBe('The port cannot be listened on: it is in use.\n');
  });

  test('--help and --shape list need no token', () => {
    expect(run('--help')).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('our guess'),
      stderr: '',
    });
    expect(run('--shape', 'list').stdout).toMatch(/^guess +our guess of an event/);
  });

  test('stdout holds the ready line alone, whatever scripts log, and SIGTERM ends it at once', async () => {
    const app = writeTemporary('app.js', guideScript);
    const { child, url, stdout, stderr } = await start(
      ...token,
      '--script',
      '77',
      '--lines',
      '2',
      '--app',
      app,
    );
    const listener = await listen({ url, token: 'T' });
    await listener.received(2);
    listener.send('hello');
    await expect
      .poll(() => stderr().split('\n').sort())
      .toEqual(['', 'everything has been played; the simulator stays up', 'socketrun', "{ data: 'hello' }"]);
    const stoppedAtMs = performance.now();
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([0, null]);
    expect(performance.now() - stoppedAtMs).toBeLessThan(2_000);
    expect(await listener.closed).toMatchObject({ code: 1001 });
    expect(stdout()).toBe(`ready ${url}\n`);
    expect(url).toMatch(/^ws:\/\/127\.0\.0\.1:\d+\/api\/cp\/scriptforge\/77$/);
  });

  test('--token-ttl prints the token first, and it expires', async () => {
    const { child, url, stdout } = await start('--token-ttl', '1.5s');
    const minted = /^token (eyJ\S+)\nready /.exec(stdout())?.[1] ?? '';
    expect(await askForUpgrade(url, `Bearer ${minted}`)).toMatchObject({ status: 101 });
    await expect
      .poll(async () => (await askForUpgrade(url, `Bearer ${minted}`)).status, { timeout: 5_000 })
      .toBe(401);
    child.kill('SIGINT');
    expect(await once(child, 'exit')).toEqual([0, null]);
  });

  test.each([
    ['90s', 90_000],
    ['30m', 1_800_000],
    ['2h', 7_200_000],
    ['0.5s', 500],
    ['5', undefined],
    ['5d', undefined],
    ['-5s', undefined],
    ['', undefined],
  ])('a time of %j is %s ms', (text, ms) => {
    expect(parseDuration(text)).toBe(ms);
  });
});
