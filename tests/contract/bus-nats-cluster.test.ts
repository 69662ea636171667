/** A log and a lease kept on three servers of NATS, of which one is lost. */
import { jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { EventEntry, ScriptLog, Term } from '../../relay/bus/bus.ts';
import { type NatsCluster, type NatsServer, startNatsCluster } from '../nats-server.ts';
import { until } from '../unit/relay/until.ts';
import { beginTerm, lines, newScript, note, openRelay } from './bus-relays.ts';
import { joinNats } from './bus-worlds.ts';

const PATIENCE_MS = 150_000;

describe('three servers of NATS', { timeout: PATIENCE_MS }, () => {
  test.each([
    { name: 'killed', lose: (server: NatsServer) => server.kill() },
    { name: 'frozen', lose: async (server: NatsServer) => server.pause() },
  ])('go on when the one that leads the log is $name: nothing is lost, nothing doubled', async ({ lose }) => {
    const cluster = await startNatsCluster();
    onTestFinished(() => cluster.stop());
    const script = newScript();
    const relays = cluster.servers.map((_, index) =>
      openRelay(joinNats([...cluster.urls.slice(index), ...cluster.urls.slice(0, index)], 3), script),
    );
    const [writer] = relays;
    if (writer === undefined) throw new Error('no relay');
    const term = await beginTerm(writer.log);
    const entries = lines(300);
    const firstHalf = await appendInTurn(term, entries.slice(0, 150), term.head);
    await until(async () => expect(await writer.log.hold(note('writer'))).toBe('held'));

    await lose(await leaderOf(cluster));
    const secondHalf = await appendInTurn(term, entries.slice(150), term.head + 150);
    for (const { reading } of relays) {
      await until(() => expect(reading.seqs()).toHaveLength(300));
      await reading.reads(entries);
      expect(reading.seqs()).toEqual([...firstHalf, ...secondHalf]);
      expect(reading.begins).toEqual([{ epoch: term.epoch, lostSeq: 0 }]);
    }
    await holdsAgain(relays.map(({ log }) => log));
    expect((await beginTerm(writer.log)).epoch).toBe(term.epoch);
  });
});

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
