/** How many entries a second one script's log takes, written as a relay that leads writes them, in this process. */
import { setTimeout as wait } from 'node:timers/promises';
import type { Bus, ScriptLog, Term } from '../../relay/bus/bus.ts';
import { systemClock } from '../../relay/clock.ts';
import { createLogWriter } from '../../relay/leading/log-writer.ts';
import { LIMITS } from '../../relay/limits.ts';
import { benchEvent, nowUs } from './bench-event.ts';
import { countersOf, type Nats } from './nats-process.ts';
import { cpuUs } from './process-figures.ts';

/** Enough for the bus to be busy, far from what the writer takes for overfull. */
const MOST_PENDING = 2_000;
const CONNECT_PATIENCE_MS = 10_000;
const CONNECT_POLL_MS = 50;
const WINDOW = { events: 20_000, ms: 15 * 60_000, bytes: 64 * 1024 * 1024 };

export type AppendFigures = {
  entriesPerSecond: number;
  /** Of this process, which writes and does not follow; and of NATS, where that is one server. */
  cpuUsPerEntry: number;
  natsCpuUsPerEntry: number | undefined;
  natsInBytesPerEntry: number | undefined;
  natsOutBytesPerEntry: number | undefined;
};

/** `nats`: the one server that the bus stands on, if it does. */
export async function openAppends(bus: Bus, nats: Nats | undefined) {
  const log = bus.open({ name: 'appends', url: 'ws://127.0.0.1/appends', window: WINDOW });
  const term = await beginTerm(log);
  const failures: string[] = [];
  const writer = createLogWriter({
    term,
    clock: systemClock,
    limits: LIMITS,
    onRefused: () => failures.push('an entry was refused'),
    onUnheard: () => failures.push('nobody answered'),
    onOverfull: () => failures.push('too many entries were left to write'),
  });

  const look = async () => ({
    atUs: nowUs(),
    ownCpuUs: cpuUs(process.pid),
    natsCpuUs: nats && cpuUs(nats.pid),
    counters: nats && (await countersOf(nats)),
  });

  return {
    /** Resolves when so many more are stored. */
    async write(entries: number): Promise<AppendFigures> {
      const from = await look();
      for (let written = 0; written < entries; written += 1) {
        writer.append({ kind: 'event', atMs: Date.now(), json: benchEvent(written, nowUs()) });
        while (writer.pending() >= MOST_PENDING && failures.length === 0) {
          await new Promise((resolve) => setImmediate(resolve));
        }
      }
      await writer.drained();
      const to = await look();
      if (failures.length > 0) throw new Error(failures.join(', '));
      const per = (before: number | undefined, after: number | undefined) =>
        before === undefined || after === undefined ? undefined : (after - before) / entries;
      return {
        entriesPerSecond: entries / ((to.atUs - from.atUs) / 1e6),
        cpuUsPerEntry: (to.ownCpuUs - from.ownCpuUs) / entries,
        natsCpuUsPerEntry: per(from.natsCpuUs, to.natsCpuUs),
        natsInBytesPerEntry: per(from.counters?.inBytes, to.counters?.inBytes),
        natsOutBytesPerEntry: per(from.counters?.outBytes, to.counters?.outBytes),
      };
    },
    async close(): Promise<void> {
      writer.stop();
      await log.close();
      await bus.close();
    },
  };
}

/** The bus connects in the background. */
async function beginTerm(log: ScriptLog): Promise<Term> {
  const giveUpMs = Date.now() + CONNECT_PATIENCE_MS;
  for (;;) {
    const term = await log.beginTerm();
    if (term !== 'away') return term;
    if (Date.now() > giveUpMs) throw new Error('the bus does not answer');
    await wait(CONNECT_POLL_MS);
  }
}
