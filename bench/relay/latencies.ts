/** Delays as a histogram, so that a million of them cost nothing: steps of 50 µs up to two seconds. */

const STEP_US = 50;
const STEPS = 40_000;

/** `[step, how often]`, only those that occurred. */
export type LatencyCounts = [number, number][];

export function createLatencies() {
  const counts = new Uint32Array(STEPS);
  return {
    add(us: number): void {
      const step = Math.min(STEPS - 1, Math.max(0, Math.floor(us / STEP_US)));
      counts[step] = (counts[step] ?? 0) + 1;
    },
    /** What was added since the last time. */
    take(): LatencyCounts {
      const taken: LatencyCounts = [];
      counts.forEach((count, step) => {
        if (count > 0) taken.push([step, count]);
      });
      counts.fill(0);
      return taken;
    },
  };
}

/** In ms; `share` from 0 to 1; NaN where nothing was counted. */
export function percentileMs(counts: LatencyCounts, share: number): number {
  const sorted = counts.toSorted(([a], [b]) => a - b);
  const total = sorted.reduce((sum, [, count]) => sum + count, 0);
  let passed = 0;
  for (const [step, count] of sorted) {
    passed += count;
    if (passed >= total * share) return ((step + 0.5) * STEP_US) / 1_000;
  }
  return Number.NaN;
}
