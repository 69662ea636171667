/** Counts by name. */
import type { Tally } from './soak-world.ts';

export function createTally() {
  const values = new Map<string, number>();
  const tally: Tally = {
    count: (what, by = 1) => void values.set(what, (values.get(what) ?? 0) + by),
    max: (what, value) => void values.set(what, Math.max(values.get(what) ?? 0, Math.round(value))),
  };
  return {
    tally,
    counts: (): Record<string, number> =>
      Object.fromEntries([...values].sort(([one], [other]) => one.localeCompare(other))),
  };
}
