/** A storage area in memory: values are copied in and out, and it can be told to have no room. */
import type { Area } from '../../../utils/storage/area.ts';

type Write = { values: Record<string, unknown>; taken: boolean };

export type MemoryArea = Area & {
  /** What a browser would hold. */
  values: Map<string, unknown>;
  /** Every write, in order, also those for which there was no room. */
  writes: Write[];
  /** While `true`, a write is rejected for quota. */
  full: boolean;
  /** A write waits for this before anything of it counts. */
  gate: Promise<void>;
};

export function createMemoryArea(values: Record<string, unknown> = {}): MemoryArea {
  const area: MemoryArea = {
    values: new Map(Object.entries(structuredClone(values))),
    writes: [],
    full: false,
    gate: Promise.resolve(),
    async read(keys) {
      const wanted = [...area.values].filter(([key]) => keys === undefined || keys.includes(key));
      return structuredClone(Object.fromEntries(wanted));
    },
    async write(given) {
      const write: Write = { values: structuredClone(given), taken: false };
      area.writes.push(write);
      await area.gate;
      if (area.full) throw new Error('QUOTA_BYTES quota exceeded');
      write.taken = true;
      for (const [key, value] of Object.entries(write.values)) area.values.set(key, value);
    },
    async remove(keys) {
      for (const key of keys) area.values.delete(key);
    },
  };
  return area;
}

/** The keys of the newest write, in alphabetical order. */
export function lastKeys({ writes }: MemoryArea): string[] {
  return Object.keys(writes.at(-1)?.values ?? {}).sort();
}
