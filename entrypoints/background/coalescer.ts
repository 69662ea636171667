/** Lets the first of a burst through at once and gathers the rest, so that a flood costs one message a beat. */

const BEAT_MS = 4;

export type Clock = { nowMs(): number; setTimer(run: () => void, ms: number): unknown };

/** Returns what to call when there is something to flush; `flush` runs at once or within 4 ms. */
export function createCoalescer(clock: Clock, flush: () => void): () => void {
  let lastMs = Number.NEGATIVE_INFINITY;
  let waiting = false;

  function run(): void {
    waiting = false;
    lastMs = clock.nowMs();
    flush();
  }

  return () => {
    if (waiting) return;
    const sinceMs = clock.nowMs() - lastMs;
    if (sinceMs >= BEAT_MS || sinceMs < 0) return run();
    waiting = true;
    clock.setTimer(run, BEAT_MS - sinceMs);
  };
}
