/** Plays a timeline by the clock. Every tick sends all that is due since the start, so that no tick's delay adds up. */
import type { Timed } from './simulated-event.ts';

export type Player = {
  /** Begins; a second call does nothing. */
  start(): void;
  stop(): void;
};

export type PlayerParts<T> = {
  /** Round 1, 2, …, each sorted by time and beginning at 0. */
  planRound(round: number): Iterable<Timed<T>>;
  /** Plays round after round, without an end. */
  loop: boolean;
  /** How many times faster than the timeline; 2 is twice as fast. */
  speed: number;
  /** The shortest time between two ticks. */
  tickMs: number;
  /** A clock that never goes back. */
  nowMs(): number;
  /** Calls back once; what it returns cancels that. */
  setTimer(run: () => void, delayMs: number): () => void;
  /** What is due, in order, and when the first of it was due on the timeline: ms at speed 1. */
  emit(items: T[], atMs: number): void;
  onFinished(): void;
};

const BETWEEN_ROUNDS_MS = 3_000;
const LONGEST_SLEEP_MS = 60_000;
/** More than this due at once is sent in several ticks, so that the sockets are written in between. */
const MAX_ITEMS_A_TICK = 2_000;

export function createPlayer<T>(parts: PlayerParts<T>): Player {
  let round = 0;
  let beginsAtMs = 0;
  let items: Iterator<Timed<T>> = [][Symbol.iterator]();
  let next: Timed<T> | undefined;
  let startedAtMs: number | undefined;
  let cancelTimer = () => {};

  function beginRound(atMs: number): void {
    round += 1;
    beginsAtMs = atMs;
    items = parts.planRound(round)[Symbol.iterator]();
    next = take();
  }

  function take(): Timed<T> | undefined {
    const result = items.next();
    return result.done ? undefined : { ...result.value, atMs: beginsAtMs + result.value.atMs };
  }

  function tick(): void {
    const dueMs = (parts.nowMs() - (startedAtMs ?? 0)) * parts.speed;
    const batch: T[] = [];
    const batchAtMs = next?.atMs ?? dueMs;
    while (next !== undefined && next.atMs <= dueMs && batch.length < MAX_ITEMS_A_TICK) {
      batch.push(next.item);
      const { atMs } = next;
      next = take();
      if (next === undefined && parts.loop) beginRound(atMs + BETWEEN_ROUNDS_MS);
    }
    if (batch.length > 0) parts.emit(batch, batchAtMs);
    if (next === undefined) return parts.onFinished();
    const sleepMs = next.atMs <= dueMs ? 0 : Math.max(parts.tickMs, (next.atMs - dueMs) / parts.speed);
    cancelTimer = parts.setTimer(tick, Math.min(sleepMs, LONGEST_SLEEP_MS));
  }

  return {
    start() {
      if (startedAtMs !== undefined) return;
      startedAtMs = parts.nowMs();
      beginRound(0);
      tick();
    },
    stop: () => cancelTimer(),
  };
}
