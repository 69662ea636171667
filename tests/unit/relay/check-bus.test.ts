/** `check` on what several relays share: each NATS server, and all that a relay does there. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { NatsOptions } from '../../../relay/bus/nats/nats-options.ts';
import { checkBus } from '../../../relay/check/check-bus.ts';
import type { Hop } from '../../../relay/check/hop.ts';
import { freePort } from '../../free-port.ts';
import { startNatsServer } from '../../nats-server.ts';
import { deployNats } from './deployed-nats.ts';

const WITHIN_MS = 2_000;

async function check(options: Partial<NatsOptions> & Pick<NatsOptions, 'servers'>): Promise<Hop[]> {
  const hops: Hop[] = [];
  await checkBus({ replicas: 1, ...options }, WITHIN_MS, (hop) => void hops.push(hop));
  return hops;
}

/** Where `extraConfig` names users, one of them is `probe`, who may do all, with the password `p`. */
async function startServer(extraConfig = '') {
  const server = await startNatsServer({ extraConfig, probe: { user: 'probe', pass: 'p' } });
  onTestFinished(() => server.stop());
  return server;
}

async function passwordFile(password: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'earshot-check-bus-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const path = join(folder, 'password');
  await writeFile(path, password);
  return path;
}

const userWithout = (subject: string) =>
  `authorization { users: [
    { user: probe, password: p }
    { user: relay, password: p, permissions: { publish: { deny: "${subject}" } } }
  ] }`;

describe('the bus', () => {
  test('is good where a lease and a log can be shared, of which nothing stays behind', async () => {
    const { url } = await startServer();
    expect(await check({ servers: [url] })).toEqual([
      {
        hop: 'bus',
        tone: 'good',
        text: expect.stringMatching(/^NATS at 127\.0\.0\.1:\d+ takes us \(version /),
      },
      { hop: 'bus', tone: 'good', text: 'Relays can share a lease and a log there, kept on one server.' },
    ]);
    const connection = await connect({ servers: url });
    onTestFinished(() => connection.close());
    const names = await (await jetstreamManager(connection)).streams.names().next();
    expect(names).toEqual(['KV_earshot-leases']);
  });

  test('is told server by server', async () => {
    const { url } = await startServer();
    const nobody = `nats://127.0.0.1:${await freePort()}`;
    const hops = await check({ servers: [nobody, url] });
    expect(hops.map(({ tone }) => tone)).toEqual(['poor', 'good', 'good']);
    expect(hops[0]).toMatchObject({
      text: expect.stringMatching(/cannot be used: NATS cannot be reached: connection refused\.$/),
      remedy: expect.stringContaining('"bus.nats.servers"'),
    });
  });

  test('ends at a wrong password, a certificate nobody trusts, and a file that is not there', async () => {
    const { servers, caFile } = await deployNats(1);
    const wrong = await passwordFile('secret-guess');
    const good = { servers, tls: { caFile }, user: 'relay', passwordFile: wrong };
    const found = await Promise.all([
      check(good),
      check({ ...good, tls: undefined }),
      check({ ...good, tls: { caFile: '/nowhere/ca.pem' } }),
    ]);
    expect(found.flat()).toEqual([
      { hop: 'bus', tone: 'poor', text: expect.stringContaining('credentials'), remedy: expect.any(String) },
      { hop: 'bus', tone: 'poor', text: expect.stringContaining('not trusted'), remedy: expect.any(String) },
      { hop: 'bus', tone: 'poor', text: expect.stringContaining('ENOENT'), remedy: expect.any(String) },
    ]);
    expect(found.flat().map(({ remedy }) => remedy)).toEqual([
      expect.stringContaining('user and password'),
      expect.stringContaining('caFile'),
      expect.stringContaining('files'),
    ]);
    expect(JSON.stringify(found)).not.toContain('secret-guess');
  });

  test.each<[string, string, Partial<NatsOptions>, RegExp]>([
    ['more replicas than servers', '', { replicas: 3 }, /: JetStream of NATS refused: replicas/],
    [
      'an account without JetStream',
      'accounts { A { jetstream: enabled, users: [{ user: probe, password: p }] }, B { users: [{ user: relay, password: p }] } }',
      { user: 'relay' },
      /: NATS has no JetStream here\.$/,
    ],
    [
      'a user who may not write the log',
      userWithout('earshot.>'),
      { user: 'relay' },
      /^The log cannot be (made|written): /,
    ],
    [
      'a user who may not make one',
      userWithout('$JS.API.STREAM.CREATE.*'),
      { user: 'relay' },
      /^The lease cannot be held: /,
    ],
  ])('is poor with %s', async (_name, extraConfig, options, text) => {
    const withPassword = options.user && { passwordFile: await passwordFile('p') };
    const { url } = await startServer(extraConfig);
    const hops = await check({ servers: [url], ...options, ...withPassword });
    expect(hops.at(-1)).toMatchObject({
      tone: 'poor',
      text: expect.stringMatching(text),
      remedy: expect.stringContaining('relay/deploy/nats'),
    });
  });

  test('that does not take the largest events is told, and is not wrong', async () => {
    const { url } = await startServer('max_payload: 1MB');
    const [server] = await check({ servers: [url] });
    expect(server).toMatchObject({ tone: 'unknown', remedy: expect.stringContaining('max_payload') });
  });
});
