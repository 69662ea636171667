/** The NATS files of `relay/deploy`: a relay's bus works through them, and nobody else does. */
import { readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { pino } from 'pino';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { LogEntry, Term } from '../../../relay/bus/bus.ts';
import { createNatsBus } from '../../../relay/bus/nats/nats-bus.ts';
import type { NatsOptions } from '../../../relay/bus/nats/nats-options.ts';
import { systemClock } from '../../../relay/clock.ts';
import { readConfig } from '../../../relay/config/config.ts';
import { LIMITS } from '../../../relay/limits.ts';
import { silentObserver } from '../../../relay/operations/observer.ts';
import { startNatsServer } from '../../nats-server.ts';
import { keptLog } from '../../secrecy/kept-logs.ts';
import { type DeployedNats, deployNats } from './deployed-nats.ts';
import { until } from './until.ts';

const SPOKEN = 'my card is 4929';
const WINDOW = { events: 1_000, ms: 60_000, bytes: 4_194_304 };

function optionsOf({ servers, caFile, passwordFile }: DeployedNats): NatsOptions {
  return { servers, tls: { caFile }, user: 'relay', passwordFile, replicas: servers.length === 3 ? 3 : 1 };
}

function openBus(options: NatsOptions) {
  const bus = createNatsBus(options, {
    clock: systemClock,
    log: pino({ level: 'info' }, keptLog()),
    random: Math.random,
    limits: LIMITS,
    observer: silentObserver,
  });
  onTestFinished(() => bus.close());
  return bus;
}

/** As a relay does: holds the lease, begins a term, and reads what is written. */
async function lead(options: NatsOptions) {
  const bus = openBus(options);
  const script = bus.open({ name: 'main', url: 'wss://platform.example/', window: WINDOW });
  onTestFinished(() => script.close());
  const entries: [number, LogEntry][] = [];
  const holders: (string | undefined)[] = [];
  script.follow({ begin() {}, entry: (seq, entry) => void entries.push([seq, entry]) });
  script.watchHolder((note) => void holders.push(note?.relay));
  const note = { relay: 'r1', upstream: { state: 'up', since: 1 }, knownUpMs: undefined } as const;
  await until(async () => expect(await script.hold(note)).toBe('held'), 200);
  const begun = await until(async () => {
    const term = await script.beginTerm();
    if (term === 'away') throw new Error('NATS is away');
    return term;
  }, 200);
  return { bus, script, term: begun, entries, holders };
}

/** Resolves with its number. */
async function appendTo(term: Term, after: number, words: string): Promise<number> {
  return until(async () => {
    const appended = await term.append({ kind: 'event', atMs: 1, json: JSON.stringify(words) }, after);
    if (appended.kind !== 'stored') throw new Error(appended.kind);
    return appended.seq;
  }, 200);
}

/** Resolves with what operators are told, once `words` are in it. */
async function awayDetail(options: NatsOptions, words: RegExp): Promise<string> {
  const bus = openBus(options);
  return until(() => {
    const { state, detail = '' } = bus.status();
    expect([state, detail]).toEqual(['away', expect.stringMatching(words)]);
    return detail;
  });
}

describe('the single server', () => {
  test('serves a relay: lease, log, and what was written is read', async () => {
    const nats = await deployNats(1);
    const { script, term, entries, holders } = await lead(optionsOf(nats));
    const seq = await appendTo(term, term.head, SPOKEN);
    await until(() =>
      expect(entries).toEqual([[seq, { kind: 'event', atMs: 1, json: JSON.stringify(SPOKEN) }]]),
    );
    expect(await script.hold({ relay: 'r1', upstream: { state: 'up', since: 2 }, knownUpMs: 1 })).toBe(
      'held',
    );
    await until(() => expect(holders).toContain('r1'));
    await script.release();
    await until(() => expect(holders.at(-1)).toBeUndefined());
    expect(await nats.written()).not.toContain(SPOKEN);
  });

  test('may be known by its address', async () => {
    const bus = openBus(optionsOf(await deployNats(1, '127.0.0.1')));
    await until(() => expect(bus.status()).toMatchObject({ state: 'here' }));
  });

  test('lets the relays’ user do nothing else, and nobody without its password in', async () => {
    const nats = await deployNats(1);
    const pass = (await readFile(nats.passwordFile, 'utf8')).trim();
    const reach = { servers: [...nats.servers], tls: { caFile: nats.caFile }, reconnect: false };
    const relay = await connect({ ...reach, user: 'relay', pass });
    onTestFinished(() => relay.close());
    const { streams } = await jetstreamManager(relay);
    await expect(streams.add({ name: 'kept', subjects: ['earshot.kept'], storage: 'file' })).rejects.toThrow(
      'insufficient storage',
    );
    await expect(relay.request('billing.pay', '', { timeout: 2_000 })).rejects.toThrow(
      'Permissions Violation',
    );
    await expect(streams.purge('kept')).rejects.toThrow('Permissions Violation');
    const heard = new Promise<string>((resolve) => {
      relay.subscribe('billing.>', { callback: (error) => resolve(String(error)) });
    });
    expect(await heard).toContain('Permissions Violation');
    await expect(connect({ ...reach, user: 'relay', pass: 'wrong' })).rejects.toThrow('Authorization');
    await expect(connect(reach)).rejects.toThrow('Authorization');
  });

  test('that refuses the password, or whose certificate is not trusted, is told in words', async () => {
    const nats = await deployNats(1);
    const options = optionsOf(nats);
    await awayDetail({ ...options, tls: undefined }, /the certificate of NATS is not trusted/);
    await writeFile(nats.passwordFile, 'wrong-password');
    expect(await awayDetail(options, /refused our credentials/)).not.toContain('wrong');
    await awayDetail({ ...options, passwordFile: '/nowhere/password' }, /cannot be read \(ENOENT\)/);
  });
});

test('a server without TLS is not spoken to where the address says tls://', async () => {
  const plain = await startNatsServer();
  onTestFinished(() => plain.stop());
  const servers = [`tls://localhost:${plain.port}`];
  await awayDetail({ servers, replicas: 1 }, /TLS/);
});

test('the cluster goes on with two of three servers, and writes nothing that was spoken to disk', async () => {
  const nats = await deployNats(3);
  const { term, entries } = await lead(optionsOf(nats));
  const first = await appendTo(term, term.head, `${SPOKEN} 1`);
  await nats.kill(0);
  const second = await appendTo(term, first, `${SPOKEN} 2`);
  expect(second).toBe(first + 1);
  await until(() => expect(entries.map(([seq]) => seq)).toEqual([first, second]));
  expect(await nats.written()).not.toContain(SPOKEN);
}, 90_000);

test('the example configuration of a relay is usable', async () => {
  const path = resolve(import.meta.dirname, '../../../relay/deploy/nats/relay.example.json');
  expect(readConfig(await readFile(path, 'utf8'), {})).toMatchObject({
    ok: true,
    config: { bus: { nats: { replicas: 3, user: 'relay' } } },
  });
});
