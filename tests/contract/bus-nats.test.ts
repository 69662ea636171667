/** What becomes of a log where its NATS server fails. */
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Bus, BusStatus, Term } from '../../relay/bus/bus.ts';
import { freePort } from '../free-port.ts';
import type { NatsServer } from '../nats-server.ts';
import { until } from '../unit/relay/until.ts';
import {
  appendAll,
  beginTerm,
  event,
  lines,
  newScript,
  note,
  openRelay,
  storedAfter,
  write,
} from './bus-relays.ts';
import { joinNats, startServer } from './bus-worlds.ts';

const AWAY = { kind: 'away' };
const PATIENCE_MS = 60_000;

describe('a NATS server', { timeout: PATIENCE_MS }, () => {
  test('that was killed and started again leaves a log that begins anew, under another epoch', async () => {
    const server = await startServer();
    const bus = joinNats([server.url]);
    const statuses = statusesOf(bus);
    const { log, reading } = openRelay(bus, newScript());
    const former = await write(log, lines(3, 'former'));
    await reading.reads(lines(3, 'former'));

    await server.kill();
    await until(() => expect(bus.status().state).toBe('away'));
    await expect(former.append(event('"lost"'), former.head + 3)).resolves.toEqual(AWAY);
    await expect(log.hold(note('relay'))).resolves.toBe('away');
    await expect(log.beginTerm()).resolves.toBe('away');

    await server.restart();
    await until(() => expect(bus.status().state).toBe('here'));
    const latter = await write(log, lines(3, 'latter'));
    await reading.reads(lines(3, 'latter'));
    expect(latter.epoch).not.toBe(former.epoch);
    expect(reading.begins).toEqual([
      { epoch: former.epoch, lostSeq: 0 },
      { epoch: latter.epoch, lostSeq: 0 },
    ]);
    await expect(former.append(event('"late"'), former.head + 3)).resolves.toEqual({ kind: 'refused' });
    await until(async () => expect(await log.hold(note('relay'))).toBe('held'));
    expect(statuses.map(({ state }) => state)).toEqual(['here', 'away', 'here']);
    for (const { detail } of statuses.filter(({ state }) => state === 'away'))
      expect(detail).toMatch(/\w+ \w+/);
  });

  test('that has let all go by age still says when the newest was written', async () => {
    const server = await startServer();
    const script = newScript({ ms: 1_000 });
    const former = openRelay(joinNats([server.url]), script);
    const term = await write(former.log, lines(2));
    const writtenMs = Date.now();
    await sleep(2_000);
    const { log, reading } = openRelay(joinNats([server.url]), script);
    await beginTerm(log);
    expect(reading.begins).toEqual([
      { epoch: term.epoch, lostSeq: term.head + 2, lostAtMs: expect.any(Number) },
    ]);
    expect(Math.abs((reading.begins[0]?.lostAtMs ?? 0) - writtenMs)).toBeLessThan(1_000);
  });

  test('that lost the log does not take for the next what was meant for it', async () => {
    const server = await startServer();
    const script = newScript();
    const [old, young] = [
      openRelay(joinNats([server.url]), script),
      openRelay(joinNats([server.url]), script),
    ];
    const former = await beginTerm(old.log);
    await server.kill();
    const late = Array.from({ length: 20 }, (_, index) => former.append(event('"late"'), index));
    await server.restart();
    const latter = await beginTerm(young.log);
    const later = Array.from({ length: 20 }, (_, index) => former.append(event('"later"'), index));
    for (const answer of [...late, ...later]) expect((await answer).kind).not.toBe('stored');
    expect(await appendAll(latter, lines(3))).toEqual(storedAfter(latter.head, 3));
    for (const { reading } of [old, young]) await reading.reads(lines(3));
  });

  test('that stood still for a while has lost nothing and doubled nothing', async () => {
    const server = await startServer();
    const bus = joinNats([server.url]);
    const { log, reading } = openRelay(bus, newScript());
    const term = await write(log, lines(3));
    await until(async () => expect(await log.hold(note('relay'))).toBe('held'));

    server.pause();
    // Its threads are stopped one by one.
    await sleep(200);
    await expect(term.append(event('"4"'), term.head + 3)).resolves.toEqual(AWAY);
    await expect(log.hold(note('relay'))).resolves.toBe('away');
    await until(() => expect(bus.status().state).toBe('away'));
    server.resume();
    await until(() => expect(bus.status().state).toBe('here'));
    await until(async () => {
      expect(await term.append(event('"4"'), term.head + 3)).toEqual({ kind: 'stored', seq: term.head + 4 });
    });
    await expect(term.append(event('"5"'), term.head + 4)).resolves.toMatchObject({ kind: 'stored' });
    await reading.reads([...lines(3), event('"4"'), event('"5"')]);
    expect(reading.begins).toHaveLength(1);
    await until(async () => expect(await log.hold(note('relay'))).toBe('held'));
  });

  test('that is started after the relay is waited for', async () => {
    const port = await freePort();
    const bus = joinNats([`nats://127.0.0.1:${port}`]);
    const { log, reading } = openRelay(bus, newScript());
    expect(bus.status().state).toBe('away');
    await expect(log.hold(note('relay'))).resolves.toBe('away');
    await expect(log.beginTerm()).resolves.toBe('away');
    await startServer({ port });
    await until(() => expect(bus.status().state).toBe('here'));
    await write(log, lines(3));
    await reading.reads(lines(3));
  });

  test.each(['never was there', 'does not answer', 'has gone'])(
    'that %s lets the bus be closed',
    async (how) => {
      const server = how === 'has gone' ? await startServer() : undefined;
      const port = server?.port ?? (how === 'does not answer' ? await silentPort() : await freePort());
      const bus = joinNats([`nats://127.0.0.1:${port}`]);
      const { log, reading } = openRelay(bus, newScript());
      if (server !== undefined) {
        await write(log, lines(1));
        await server.kill();
        await until(() => expect(bus.status().state).toBe('away'));
      }
      const told = reading.told();
      const begun = log.beginTerm();
      await log.release();
      await log.close();
      await bus.close();
      await expect(begun).resolves.toBe('away');
      expect(reading.told()).toBe(told);
    },
  );

  test('that forgets a log, as by an operator’s hand, leaves one that begins anew', async () => {
    const server = await startServer();
    const { log, reading } = openRelay(joinNats([server.url]), newScript());
    const former = await write(log, lines(3, 'former'));
    await reading.reads(lines(3, 'former'));
    await forgetStreams(server);
    const latter = await until(async (): Promise<Term> => {
      const term = await beginTerm(log);
      expect(term.epoch).not.toBe(former.epoch);
      return term;
    });
    expect(await appendAll(latter, lines(3, 'latter'))).toEqual(storedAfter(latter.head, 3));
    await reading.reads(lines(3, 'latter'));
    expect(reading.begins.map(({ epoch }) => epoch)).toEqual([former.epoch, latter.epoch]);
  });
});

describe('an entry', { timeout: PATIENCE_MS }, () => {
  test('that is larger than NATS takes is told as a gap in its place', async () => {
    const server = await startServer({ extraConfig: 'max_payload: 100KB' });
    const { log, reading } = openRelay(joinNats([server.url]), newScript());
    const tooLarge = event(JSON.stringify('x'.repeat(200_000)));
    await write(log, [event('"before"'), tooLarge, event('"after"')]);
    const gap = { from: tooLarge.atMs, to: tooLarge.atMs, reason: 'frame-too-large' } as const;
    await reading.reads([event('"before"'), { kind: 'gap', gap }, event('"after"')]);
  });
});

/** Of a listener that accepts and says nothing. */
async function silentPort(): Promise<number> {
  const proxied = await freePort();
  const listener = createServer((socket) => void socket.on('error', () => socket.destroy()));
  onTestFinished(() => void listener.close());
  listener.listen(proxied, '127.0.0.1');
  await once(listener, 'listening');
  return proxied;
}

async function forgetStreams(server: NatsServer): Promise<void> {
  const connection = await connect({ servers: server.url });
  const { streams } = await jetstreamManager(connection);
  for await (const { config } of streams.list())
    if (!config.name.startsWith('KV_')) await streams.delete(config.name);
  await connection.close();
}

/** What is told from now on. */
function statusesOf(bus: Bus): BusStatus[] {
  const statuses: BusStatus[] = [];
  bus.onStatus((status) => statuses.push(status));
  return statuses;
}
