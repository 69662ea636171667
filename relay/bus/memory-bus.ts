/** The bus of a relay that stands alone: logs and leases in this process's memory, gone with it. */
import { randomBytes } from 'node:crypto';
import type { Clock } from '../clock.ts';
import type { Limits } from '../limits.ts';
import type { Appended, Bus, LogEntry, LogReader, Script, ScriptLog, Term } from './bus.ts';
import { createHeldEntries, type HeldEntries } from './held-entries.ts';
import { createMemoryLease, type LeaseHolder, type MemoryLease } from './memory-lease.ts';

export type MemoryBusDependencies = {
  clock: Clock;
  limits: Pick<Limits, 'leaseMs' | 'trimMs'>;
  /** The name of a log that begins; no two are alike. */
  createEpoch?: () => string;
};

const randomEpoch = () => randomBytes(12).toString('base64url');

/**
 * Everything is told synchronously: an entry has reached every reader before `append` returns, so what is appended in one
 * turn is read in one turn. Who opens a script again shares its log, with the window it was first opened with.
 */
export function createMemoryBus({ clock, limits, createEpoch = randomEpoch }: MemoryBusDependencies): Bus {
  const sinceMs = clock.now();
  const logs = new Map<string, SharedLog>();

  function sharedLog({ name, url, window }: Script): SharedLog {
    const key = JSON.stringify([name, url]);
    const log = logs.get(key) ?? {
      entries: createHeldEntries(window, clock, limits),
      lease: createMemoryLease(clock, limits),
      epoch: createEpoch(),
      terms: 0,
      followers: new Set(),
    };
    logs.set(key, log);
    return log;
  }

  return {
    open: (script) => createHandle(sharedLog(script)),
    status: () => ({ state: 'here', sinceMs }),
    onStatus() {},
    async close() {
      for (const { entries } of logs.values()) entries.stop();
    },
  };
}

type SharedLog = {
  entries: HeldEntries;
  lease: MemoryLease;
  epoch: string;
  /** Begun so far; only the last may append. */
  terms: number;
  followers: Set<Follower>;
};
/** `readTo`: undefined before the first `begin`. */
type Follower = { reader: LogReader; readTo: number | undefined };

function createHandle(log: SharedLog): ScriptLog {
  const { entries, lease } = log;
  const holder: LeaseHolder = { listeners: new Set() };
  let follower: Follower | undefined;

  return {
    follow(reader) {
      follower = { reader, readTo: undefined };
      log.followers.add(follower);
      entries.trim();
      catchUp(log, follower);
    },
    lag: () => 0,
    hold: async (note) => lease.hold(holder, note),
    release: async () => lease.release(holder),
    watchHolder: (listener) => lease.watch(holder, listener),
    beginTerm: async () => beginTerm(log),
    async close() {
      if (follower !== undefined) log.followers.delete(follower);
      lease.unwatch(holder);
    },
  };
}

function beginTerm(log: SharedLog): Term {
  const { entries } = log;
  log.terms += 1;
  const term = log.terms;
  const head = entries.head();

  function append(entry: LogEntry, after: number): Appended {
    if (term !== log.terms || after < head || after > entries.head()) return { kind: 'refused' };
    // Nobody else has written since the term began: what stands there already is this very entry.
    if (after === entries.head()) {
      entries.push(entry);
      for (const follower of log.followers) catchUp(log, follower);
    }
    return { kind: 'stored', seq: after + 1 };
  }

  return { epoch: log.epoch, head, append: async (entry, after) => append(entry, after) };
}

/** Keeps the order also where a reader appends while it is being told. */
function catchUp({ epoch, entries, followers }: SharedLog, follower: Follower): void {
  while (followers.has(follower)) {
    const lostSeq = entries.lostSeq();
    if (follower.readTo === undefined || follower.readTo < lostSeq) {
      follower.readTo = lostSeq;
      follower.reader.begin({ epoch, lostSeq });
      continue;
    }
    const seq = follower.readTo + 1;
    const entry = entries.at(seq);
    if (entry === undefined) return;
    follower.readTo = seq;
    follower.reader.entry(seq, entry);
  }
}
