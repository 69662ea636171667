/** A log and a lease kept on three servers of NATS, of which one is lost. */
import { jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import type { Appended, EventEntry, ScriptLog, Term } from '../../relay/bus/bus.ts';
import { systemClock } from '../../relay/clock.ts';
import { createLeadership } from '../../relay/leading/leadership.ts';
import { createLogWriter, type LogWriter } from '../../relay/leading/log-writer.ts';
import { type NatsCluster, type NatsServer, startNatsCluster } from '../nats-server.ts';
import { until } from '../unit/relay/until.ts';
import { appendAll, beginTerm, event, lines, newScript, note, openRelay, storedAfter } from './bus-relays.ts';
import { BUS_LIMITS, joinNats } from './bus-worlds.ts';

const PATIENCE_MS = 150_000;
/** Servers that were all killed take their time to agree, and a log nobody answers for is waited for. */
const ALL_LOST_MS = 90_000;

describe('three servers of NATS', { timeout: PATIENCE_MS }, () => {
  test.each([
    { name: 'killed', lose: (server: NatsServer) => server.kill() },
    { name: 'frozen', lose: async (server: NatsServer) => server.pause() },
  ])('go on when the one that leads the log is $name: nothing is lost, nothing doubled', async ({ lose }) => {
    const { cluster, relays, writer } = await startRelays();
    const term = await beginTerm(writer.log);
    const entries = lines(300);
    const firstHalf = await appendInTurn(term, entries.slice(0, 150), term.head);
    await until(async () => expect(await writer.log.hold(note('writer'))).toBe('held'));
    for (const { reading } of relays) await reading.reads(entries.slice(0, 150));
    const begins = relays.map(({ reading }) => reading.begins.length);

    await lose(await leaderOf(cluster));
    const secondHalf = await appendInTurn(term, entries.slice(150), term.head + 150);
    for (const { reading } of relays) {
      await until(() => expect(reading.seqs()).toHaveLength(300));
      await reading.reads(entries);
      expect(reading.seqs()).toEqual([...firstHalf, ...secondHalf]);
    }
    expect(relays.map(({ reading }) => reading.begins.length)).toEqual(begins);
    await holdsAgain(relays.map(({ log }) => log));
    expect((await beginTerm(writer.log)).epoch).toBe(term.epoch);
  });

  test('let nobody write any more who led before, however fast the lead goes round', async () => {
    const { relays, writer } = await startRelays();
    const written: EventEntry[] = [];
    let former = await beginTerm(writer.log);
    for (let round = 1; round <= 15; round += 1) {
      const leader = relays[round % relays.length] ?? writer;
      const before = appendAll(former, lines(50, `before ${round}`));
      const latter = await beginTerm(leader.log);
      const late = appendAll(former, lines(50, `late ${round}`), former.head + 50);
      const mine = lines(5, `round ${round}`);
      expect(await appendAll(latter, mine)).toEqual(storedAfter(latter.head, mine.length));
      for (const { kind } of await late) expect(kind).not.toBe('stored');
      const inTime = (await before).filter(({ kind }) => kind === 'stored').length;
      written.push(...lines(50, `before ${round}`).slice(0, inTime), ...mine);
      former = await beginTerm(leader.log);
    }
    for (const { reading } of relays) await reading.reads(written);
  });

  test('let nobody write who led before, though the log’s leader is lost as the next one begins', async () => {
    const { cluster, relays, writer } = await startRelays();
    const [, next = writer] = relays;
    const former = await beginTerm(writer.log);
    await appendInTurn(former, lines(10, 'former'), former.head);
    const lost = await leaderOf(cluster);
    const latter = await beginTerm(next.log);
    await lost.kill();
    const late: Promise<Appended>[] = [];
    const again = setInterval(() => {
      for (let ahead = 0; ahead < 20; ahead += 1)
        late.push(former.append(event('"late"'), former.head + 10 + ahead));
    }, 50);
    onTestFinished(() => clearInterval(again));
    await appendInTurn(latter, lines(10, 'latter'), latter.head);
    clearInterval(again);
    for (const answer of late) expect((await answer).kind).not.toBe('stored');
    for (const { reading } of relays) await reading.reads([...lines(10, 'former'), ...lines(10, 'latter')]);
  });

  test.each([
    { name: 'while lines come', isQuiet: false },
    { name: 'while none comes', isQuiet: true },
  ])('that are all killed at once $name leave a log that begins anew', async ({ isQuiet }) => {
    const { cluster, relays } = await startRelays();
    const crew = relays.map(({ log }, index) => work(log, `relay ${index}`));
    const speak = () => setInterval(() => crew.forEach(({ say }) => void say()), 20);
    let speaking = speak();
    onTestFinished(() => clearInterval(speaking));
    const allRead = () => {
      const epochs = relays.map(({ reading }) => reading.begins.at(-1)?.epoch);
      expect(new Set(epochs).size).toBe(1);
      for (const { reading } of relays) expect(reading.seqs().length).toBeGreaterThan(20);
      return epochs[0];
    };
    const former = await until(allRead);
    if (isQuiet) clearInterval(speaking);

    await Promise.all(cluster.servers.map((server) => server.kill()));
    await Promise.all(cluster.servers.map((server) => server.restart()));
    await untilFound(() => {
      for (const { reading, bus } of relays) {
        expect(bus.status().state).toBe('here');
        expect(reading.begins.at(-1)?.epoch).not.toBe(former);
      }
    });
    if (isQuiet) speaking = speak();
    expect(await untilFound(allRead)).not.toBe(former);
  });

  test('that are all killed while nothing is written let the lease go, and the bus is away until a term begins', async () => {
    const { cluster, relays, writer } = await startRelays();
    const former = await beginTerm(writer.log);
    await appendInTurn(former, lines(3), former.head);
    for (const { reading } of relays) await reading.reads(lines(3));
    await Promise.all(cluster.servers.map((server) => server.kill()));
    await Promise.all(cluster.servers.map((server) => server.restart()));
    await untilFound(() => {
      for (const { bus } of relays) expect(bus.status().detail).toMatch(/lost what it held/);
    });
    expect(await writer.log.hold(note('writer'))).toBe('other');
    expect(await former.append(event('"late"'), former.head + 3)).toEqual({ kind: 'refused' });
    await until(async () => expect(await writer.log.hold(note('writer'))).toBe('held'));
    await beginTerm(writer.log);
    await untilFound(() => {
      for (const { bus } of relays) expect(bus.status().state).toBe('here');
    });
  });
});

/** Leads when it can, and then writes what it is told to. */
function work(log: ScriptLog, name: string) {
  let writer: LogWriter | undefined;
  let count = 0;
  const leadership = createLeadership({
    log,
    clock: systemClock,
    random: Math.random,
    limits: BUS_LIMITS,
    note: () => note(name),
    onLead(term) {
      writer = createLogWriter({
        term,
        clock: systemClock,
        limits: BUS_LIMITS,
        onRefused: () => leadership.depose('refused'),
        onUnheard: () => leadership.depose('away'),
        onOverfull: () => leadership.depose('overfull'),
      });
    },
    onDeposed: () => writer?.stop(),
    onHolder() {},
  });
  leadership.start();
  onTestFinished(() => leadership.stop());
  return {
    say(): void {
      count += 1;
      writer?.append(event(`${count}`));
    },
  };
}

function untilFound<Result>(check: () => Result): Promise<Result> {
  return vi.waitFor(check, { timeout: ALL_LOST_MS, interval: 100 });
}

/** A relay for each server, connected to it first. */
async function startRelays() {
  const cluster = await startNatsCluster();
  onTestFinished(() => cluster.stop());
  const script = newScript();
  const relays = cluster.urls.map((_, index) => {
    const bus = joinNats([...cluster.urls.slice(index), ...cluster.urls.slice(0, index)], 3);
    return { ...openRelay(bus, script), bus };
  });
  const [writer] = relays;
  if (writer === undefined) throw new Error('no relay');
  return { cluster, relays, writer };
}

/** One by one; what is not answered is repeated. The numbers they were stored as. */
async function appendInTurn(term: Term, entries: readonly EventEntry[], after: number): Promise<number[]> {
  const seqs: number[] = [];
  for (const [index, entry] of entries.entries()) {
    const stored = await until(async () => {
      const answer = await term.append(entry, after + index);
      expect(answer).toEqual({ kind: 'stored', seq: after + index + 1 });
      return after + index + 1;
    });
    seqs.push(stored);
  }
  return seqs;
}

async function leaderOf({ servers, urls }: NatsCluster): Promise<NatsServer> {
  const connection = await connect({ servers: [...urls] });
  const manager = await jetstreamManager(connection);
  const leaders: (string | undefined)[] = [];
  for await (const { config, cluster } of manager.streams.list())
    if (!config.name.startsWith('KV_')) leaders.push(cluster?.leader);
  await connection.close();
  const leader = servers.find(({ name }) => name === leaders[0]);
  if (leader === undefined) throw new Error('the log has no leader');
  return leader;
}

async function holdsAgain(logs: readonly ScriptLog[]): Promise<void> {
  await until(async () => {
    const answers = await Promise.all(logs.map((log, index) => log.hold(note(`relay ${index}`))));
    expect(answers.filter((answer) => answer === 'held')).toHaveLength(1);
  }, 200);
}
