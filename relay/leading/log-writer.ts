/**
 * Writes one term's entries in order, several under way at once. What the bus did not answer is written again from the
 * first that is not known to be stored; only that first one being refused by itself says that somebody else writes.
 *
 *   open ── refused or away ──▶ settling ── all answered ──▶ (pausing ──▶) open, one by one until one is stored
 */
import type { Appended, LogEntry, Term } from '../bus/bus.ts';
import type { Clock } from '../clock.ts';
import type { Limits } from '../limits.ts';

/** Between two attempts at an entry that nobody answered; twice as long each time. */
const PAUSE_MS = { first: 100, longest: 1_000 };

export type LogWriterDependencies = {
  term: Term;
  clock: Clock;
  limits: Pick<Limits, 'appendsAtOnce' | 'pendingEntries' | 'pendingBytes' | 'leaderPatienceMs'>;
  /** The term has ended; nothing more is written. */
  onRefused: () => void;
  /** Nothing has been stored for `leaderPatienceMs`, though it was asked for; nothing more is written. */
  onUnheard: () => void;
  /** More is left to write than is kept; nothing more is written. */
  onOverfull: () => void;
};

export type LogWriter = {
  /** Goes to the bus within the call, unless too many are under way or the bus does not answer. */
  append(entry: LogEntry): void;
  /** Entries not yet known to be stored. */
  pending(): number;
  /** By when all is stored that came until `knownUpMs`: that moment itself, or the first entry's that is not. */
  settledMs(knownUpMs: number | undefined): number | undefined;
  /** Resolves when nothing is left to write, or nothing more will be. */
  drained(): Promise<void>;
  /** What is left is not written. */
  stop(): void;
};

type Pending = { entry: LogEntry; bytes: number };

/** Entries are numbered as the log will number them, one by one from the term's head. */
export function createLogWriter(deps: LogWriterDependencies): LogWriter {
  const { term, clock, limits } = deps;
  const slots = new Array<Pending | undefined>(limits.pendingEntries);
  /** The newest number that is known to be stored, that has been asked for, and that there is. */
  let settled = term.head;
  let asked = term.head;
  let newest = term.head;
  let bytesPending = 0;
  let underWay = 0;
  let width: number = limits.appendsAtOnce;
  let state: 'open' | 'settling' | 'pausing' | 'ended' = 'open';
  let pauseMs = PAUSE_MS.first;
  /** Of the entry whose turn it was, nothing was heard. */
  let isUnheard = false;
  /** Since when nothing that was asked for was stored. */
  let stuckSinceMs: number | undefined;
  let cancelPause = () => {};
  let waiting: (() => void)[] = [];

  const slotOf = (number: number) => number % limits.pendingEntries;

  function append(entry: LogEntry): void {
    if (state === 'ended') return;
    const bytes = entry.kind === 'event' ? Buffer.byteLength(entry.json) : 0;
    const count = newest - settled;
    if (count >= limits.pendingEntries || (count > 0 && bytesPending + bytes > limits.pendingBytes)) {
      end();
      deps.onOverfull();
      return;
    }
    newest += 1;
    slots[slotOf(newest)] = { entry, bytes };
    bytesPending += bytes;
    send();
  }

  function send(): void {
    while (state === 'open' && asked < newest && asked - settled < width) {
      const after = asked;
      const slot = slots[slotOf(after + 1)];
      if (slot === undefined) return;
      asked += 1;
      underWay += 1;
      const isFirst = after === settled;
      void term.append(slot.entry, after).then((answer) => answered(answer, isFirst));
    }
  }

  function answered(answer: Appended, wasFirst: boolean): void {
    underWay -= 1;
    if (state === 'ended') return;
    if (answer.kind === 'stored') {
      settle(answer.seq);
    } else if (answer.kind === 'refused' && wasFirst) {
      end();
      deps.onRefused();
      return;
    } else {
      state = 'settling';
      isUnheard = wasFirst;
      stuckSinceMs ??= clock.now();
      if (clock.now() - stuckSinceMs >= limits.leaderPatienceMs) {
        end();
        deps.onUnheard();
        return;
      }
    }
    if (state === 'settling' && underWay === 0) goBack();
    else send();
  }

  /** The log takes an entry only after the one before it: all up to this one are stored. */
  function settle(number: number): void {
    while (settled < number && settled < newest) {
      settled += 1;
      bytesPending -= slots[slotOf(settled)]?.bytes ?? 0;
      slots[slotOf(settled)] = undefined;
    }
    if (state === 'open') width = limits.appendsAtOnce;
    stuckSinceMs = undefined;
    pauseMs = PAUSE_MS.first;
    if (settled === newest) tellDrained();
  }

  /** All have been answered, some not well: the first that is left goes alone, after a pause if it just did. */
  function goBack(): void {
    const wasAlone = width === 1 && isUnheard;
    asked = settled;
    width = 1;
    state = 'open';
    if (!wasAlone) return send();
    state = 'pausing';
    cancelPause = clock.after(pauseMs, () => {
      state = 'open';
      send();
    });
    pauseMs = Math.min(2 * pauseMs, PAUSE_MS.longest);
  }

  function end(): void {
    state = 'ended';
    cancelPause();
    tellDrained();
  }

  function tellDrained(): void {
    const told = waiting;
    waiting = [];
    for (const resolve of told) resolve();
  }

  return {
    append,
    pending: () => newest - settled,
    settledMs(knownUpMs) {
      const first = settled < newest ? slots[slotOf(settled + 1)]?.entry : undefined;
      if (first === undefined || knownUpMs === undefined) return knownUpMs;
      // A gap that is not told yet: what is missing since it began is not accounted for.
      return Math.min(knownUpMs, first.kind === 'event' ? first.atMs : first.gap.from);
    },
    drained: () =>
      settled === newest || state === 'ended'
        ? Promise.resolve()
        : new Promise((resolve) => {
            waiting.push(resolve);
          }),
    stop: end,
  };
}
