/** A server that keeps one log and one lease, as JetStream does, and machines' ways to it, which delay, reorder and lose. */
import type { Appended, LeaseNote, LogEntry, ScriptLog } from '../../../relay/bus/bus.ts';
import type { Machine, SimulatedTime } from './simulated-time.ts';

const TIMEOUT_MS = 2_000;

export type Stored = { term: string; entry: LogEntry | 'marker' };
export type SimulatedServer = ReturnType<typeof createSimulatedServer>;

/** An entry is fenced by the number and by the name of the entry before it. What is written again is stored once. */
export function createSimulatedServer(time: SimulatedTime, leaseMs: number) {
  const stored: Stored[] = [];
  const numbers = new Map<string, number>();
  const watching = new Set<(what: 'entry' | 'holder') => void>();
  let lastId = '';
  let lease: { note: LeaseNote; untilMs: number } | undefined;

  function store(id: string, one: Stored): number {
    stored.push(one);
    numbers.set(id, stored.length);
    lastId = id;
    for (const tell of watching) tell('entry');
    return stored.length;
  }

  return {
    stored,
    watching,
    head: () => stored.length,
    note: () => (lease !== undefined && lease.untilMs > time.now() ? lease.note : undefined),
    begin(term: string, after: number): number | undefined {
      return stored.length === after ? store(`${term}.${after}`, { term, entry: 'marker' }) : undefined;
    },
    append(term: string, entry: LogEntry, after: number): Appended {
      const before = numbers.get(`${term}.${after}`);
      if (before !== undefined) return { kind: 'stored', seq: before };
      if (stored.length !== after || lastId !== `${term}.${after - 1}`) return { kind: 'refused' };
      return { kind: 'stored', seq: store(`${term}.${after}`, { term, entry }) };
    },
    hold(note: LeaseNote): 'held' | 'other' {
      if (lease !== undefined && lease.untilMs > time.now() && lease.note.relay !== note.relay)
        return 'other';
      lease = { note, untilMs: time.now() + leaseMs };
      for (const tell of watching) tell('holder');
      return 'held';
    },
    release(relay: string): void {
      if (lease?.note.relay !== relay) return;
      lease = undefined;
      for (const tell of watching) tell('holder');
    },
  };
}

type Log = Pick<ScriptLog, 'hold' | 'release' | 'beginTerm' | 'watchHolder'>;
export type LinkDependencies = {
  time: SimulatedTime;
  server: SimulatedServer;
  machine: Machine;
  relay: string;
  random: () => number;
  /** What the log has that was not read before. */
  onRead: (entries: readonly Stored[]) => void;
};

/** `weather` may be changed at any time. */
export function createSimulatedLink({ time, server, machine, relay, random, onRead }: LinkDependencies) {
  const weather = { isCut: false, loss: 0 };
  let terms = 0;
  let readTo = 0;
  let listener: (note: LeaseNote | undefined) => void = () => {};
  let lastToldMs = 0;
  let lastArrivalMs = 0;

  const wayMs = () => 1 + Math.floor(random() * (random() < 0.003 ? 3_000 : 30));
  /** In order, except in bad weather. */
  function arrivalMs(): number {
    const atMs = time.now() + wayMs();
    lastArrivalMs = Math.max(lastArrivalMs, atMs);
    return weather.loss > 0 ? atMs : lastArrivalMs;
  }
  const isLost = () => weather.isCut || random() < weather.loss;

  function request<Answer>(operate: () => Answer): Promise<Answer | 'away'> {
    if (weather.isCut && random() < 0.5) return Promise.resolve('away');
    return new Promise((resolve) => {
      machine.clock.after(TIMEOUT_MS, () => resolve('away'));
      if (isLost()) return;
      time.at(arrivalMs(), () => {
        if (weather.isCut) return;
        const answer = operate();
        if (!isLost()) time.at(time.now() + wayMs(), () => resolve(answer), machine);
      });
    });
  }

  /** In order. That a lease has expired is told to nobody. */
  function tell(what: 'entry' | 'holder'): void {
    if (weather.isCut || machine.state === 'dead') return;
    lastToldMs = Math.max(lastToldMs, time.now() + wayMs());
    const note = server.note();
    const head = server.head();
    const run = () => {
      if (what === 'holder') return listener(note);
      const entries = server.stored.slice(readTo, head);
      readTo = Math.max(readTo, head);
      onRead(entries);
    };
    time.at(lastToldMs, run, machine);
  }

  /** What came while nothing could be told. */
  function catchUp(): void {
    tell('entry');
    if (server.note() !== undefined) tell('holder');
  }
  server.watching.add(tell);

  const log: Log = {
    hold: (note) => request(() => server.hold(note)),
    release: async () => void (await request(() => server.release(relay))),
    watchHolder(told) {
      listener = told;
      // There may be much to read at first.
      lastToldMs = time.now() + Math.floor(random() * 500);
      catchUp();
    },
    async beginTerm() {
      for (let attempt = 0; attempt < 3; attempt += 1) {
        terms += 1;
        const id = `${relay}.${terms}`;
        const after = await request(server.head);
        if (after === 'away') return 'away';
        const head = await request(() => server.begin(id, after));
        if (head === 'away') return 'away';
        if (head === undefined) continue;
        return {
          epoch: 'e',
          head,
          async append(entry, last) {
            const answer = await request(() => server.append(id, entry, last));
            return answer === 'away' ? { kind: 'away' } : answer;
          },
        };
      }
      return 'away';
    },
  };

  return {
    log,
    weather,
    readTo: () => readTo,
    /** The way is open again. */
    mended(): void {
      weather.isCut = false;
      catchUp();
    },
    close: () => server.watching.delete(tell),
  };
}
