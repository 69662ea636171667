/** TLS by certificate files: what is refused, what is renewed while it runs, and that its end is announced. */
import { writeFile } from 'node:fs/promises';
import { connect } from 'node:tls';
import { pino } from 'pino';
import { Agent, getGlobalDispatcher, setGlobalDispatcher } from 'undici';
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { relayConfig } from '../../../demo/relay-config.ts';
import { hashToken } from '../../../relay/access/authenticate.ts';
import type { Clock } from '../../../relay/clock.ts';
import { startRelay } from '../../../relay/run-relay.ts';
import { checkTlsPair, readTlsPair, type TlsFiles } from '../../../relay/server/tls-pair.ts';
import { watchTlsPair } from '../../../relay/server/tls-watch.ts';
import { keptLog } from '../../secrecy/kept-logs.ts';
import { connectAgent } from './agent-connection.ts';
import { createCertificates } from './certificates.ts';
import { createFakePlatform } from './fake-platform.ts';
import { until } from './until.ts';

const DAY_MS = 24 * 60 * 60_000;

describe('a certificate and a key', () => {
  test('that belong together can be used, until they say', async () => {
    const { make, text } = await createCertificates();
    await make('one', 10);
    const { cert, key } = await text('one');
    const result = checkTlsPair(cert, key);
    if (!result.ok) throw new Error(result.problem);
    expect(Math.round((result.pair.expiresAtMs - Date.now()) / DAY_MS)).toBe(10);
  });

  test('that do not, or are none, are refused in words that show nothing of them', async () => {
    const { make, text } = await createCertificates();
    await Promise.all([make('one'), make('two')]);
    const [one, two] = [await text('one'), await text('two')];
    const problem = (cert: string, key: string) => {
      const result = checkTlsPair(cert, key);
      return result.ok ? undefined : result.problem;
    };
    expect(problem(one.cert, two.key)).toMatch(/^keyFile: expected the key of the certificate/);
    expect(problem('secret', one.key)).toBe('certFile: expected a certificate as PEM');
    expect(problem(one.cert, 'secret')).toMatch(/^keyFile: expected a private key as PEM/);
    expect(problem(one.key, one.cert)).toBe('certFile: expected a certificate as PEM');
  });

  test('that are not there are named by their field', async () => {
    expect(await readTlsPair({ certFile: '/nowhere/a', keyFile: '/nowhere/b' })).toEqual({
      ok: false,
      problem: 'certFile: cannot be read (ENOENT)',
    });
  });
});

/** The name on the certificate shown, and the TLS version agreed on. */
function shake(port: number, maxVersion?: 'TLSv1.1'): Promise<{ name: string; version: string | null }> {
  return new Promise((resolve, reject) => {
    const socket = connect({
      port,
      host: '127.0.0.1',
      rejectUnauthorized: false,
      ...(maxVersion && { minVersion: 'TLSv1' as const, maxVersion, ciphers: 'DEFAULT@SECLEVEL=0' }),
    });
    socket.once('error', reject);
    socket.once('secureConnect', () => {
      const name = String(socket.getPeerCertificate().subject.CN);
      resolve({ name, version: socket.getProtocol() });
      socket.destroy();
    });
  });
}

async function startSecurely(tls: TlsFiles) {
  const platform = await createFakePlatform();
  onTestFinished(() => platform.stop());
  const lines: string[] = [];
  const config = relayConfig(
    {
      listen: { port: 0, tls },
      upstream: { url: platform.url },
      agents: [{ name: 'Alice', tokenSha256: hashToken('esh_a'), calls: 'all' }],
    },
    { EARSHOT_PLATFORM_TOKEN: 'platform-token-1' },
  );
  const relay = await startRelay(config, {
    log: pino(
      {},
      keptLog((line) => lines.push(line)),
    ),
  });
  onTestFinished(() => relay.stop());
  return { relay, platform, logText: () => lines.join('') };
}

describe('a relay with a certificate', () => {
  const usual = getGlobalDispatcher();
  const trusting = new Agent({ connect: { rejectUnauthorized: false } });
  beforeAll(() => setGlobalDispatcher(trusting));
  afterAll(async () => {
    setGlobalDispatcher(usual);
    await trusting.destroy();
  });

  async function startWithOne() {
    const certificates = await createCertificates();
    await certificates.make('one');
    await Promise.all([certificates.useCert('one'), certificates.useKey('one')]);
    const started = await startSecurely(certificates.files);
    const agent = connectAgent(started.relay.url, 'esh_a');
    await agent.ready();
    return { ...certificates, ...started, agent };
  }

  test('says wss://, serves agents over TLS 1.2 or newer, and nobody over less', async () => {
    const { relay, platform, agent } = await startWithOne();
    expect(relay.url).toMatch(/^wss:/);
    await until(() => expect(platform.connections()).toBe(1));
    platform.say('over TLS');
    await until(() => expect(agent.data()).toEqual(['over TLS']));
    await expect(shake(relay.port)).resolves.toEqual({ name: 'one', version: 'TLSv1.3' });
    await expect(shake(relay.port, 'TLSv1.1')).rejects.toThrow();
  });

  test('shows a renewed one to those who come after, and keeps those who are there', async () => {
    const { relay, agent, make, useCert, useKey, logText } = await startWithOne();
    await make('two');
    await useCert('two');
    await useKey('two');
    await until(async () => expect((await shake(relay.port)).name).toBe('two'), 100);
    agent.send('{"type":"ping","id":1}');
    await agent.first('pong');
    expect(agent.closeCode()).toBeUndefined();
    expect(logText()).not.toContain('not usable');
  });

  test('keeps the old one while the new pair is broken, and takes it once it is whole', async () => {
    const { relay, make, useCert, useKey, files, logText } = await startWithOne();
    await make('two');
    await useCert('two');
    await until(() => expect(logText()).toContain('certificate not usable'));
    expect((await shake(relay.port)).name).toBe('one');
    await writeFile(files.keyFile, 'do-not-show');
    await until(() => expect(logText()).toContain('expected a private key as PEM'));
    await useKey('two');
    await until(async () => expect((await shake(relay.port)).name).toBe('two'), 100);
    expect(logText()).not.toMatch(/do-not-show|PRIVATE KEY/);
  });

  test('cannot start without one', async () => {
    const files = { certFile: '/nowhere/relay.crt', keyFile: '/nowhere/relay.key' };
    await expect(startSecurely(files)).rejects.toThrow('listen.tls.certFile: cannot be read (ENOENT)');
  });
});

test('the end of a certificate is announced daily for three weeks, then told as passed', async () => {
  const { files, make, text, useCert, useKey } = await createCertificates();
  await make('one', 23);
  await Promise.all([useCert('one'), useKey('one')]);
  const { cert, key } = await text('one');
  const result = checkTlsPair(cert, key);
  if (!result.ok) throw new Error(result.problem);

  let nowMs = Date.now();
  let daily = () => {};
  const clock: Clock = {
    now: () => nowMs,
    after(_delayMs, action) {
      daily = action;
      return () => {};
    },
  };
  const lines: string[] = [];
  const log = pino(
    {},
    keptLog((line) => lines.push(line)),
  );
  const onPair = vi.fn();
  const watch = watchTlsPair(files, result.pair, { clock, log, onPair });
  onTestFinished(() => watch.stop());
  for (let day = 0; day < 25; day += 1) {
    nowMs += DAY_MS;
    daily();
  }
  const said = lines.map((line) => JSON.parse(line) as { msg: string; daysLeft?: number });
  expect(onPair.mock.calls).toEqual([[result.pair]]);
  expect(said.map(({ msg, daysLeft }) => daysLeft ?? msg)).toEqual([
    'certificate in force',
    ...Array.from({ length: 21 }, (_, index) => 20 - index),
    ...Array(3).fill('certificate has expired'),
  ]);
});
