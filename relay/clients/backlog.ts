/** What one client still has to be given of events before its cursor: beginnings of calls that opened late. */
import type { BackfillSlice, FrameCutter } from '../stream/event-frames.ts';
import type { Backfill, View } from '../stream/view.ts';

export function createBacklog(cutter: Pick<FrameCutter, 'cutBackfill'>) {
  let waiting: Backfill[] = [];
  let at = 0;

  return {
    isEmpty: () => waiting.length === 0,
    /** Those before `cursor`: the others are still to come in their place. */
    add(backfill: Backfill, cursor: number): void {
      const last = backfill.at(-1);
      // Whole wherever possible: who shares a back-fill shares its frames.
      const passed = last !== undefined && last < cursor ? backfill : backfill.filter((one) => one < cursor);
      if (passed.length > 0) waiting.push(passed);
    },
    /** Positions not taken yet. */
    pending: (): number[] => waiting.flatMap((one, index) => (index === 0 ? one.slice(at) : one)),
    clear(): void {
      waiting = [];
      at = 0;
    },
    /** `undefined`: it is empty. */
    take(view: View): BackfillSlice | undefined {
      const [first] = waiting;
      if (first === undefined) return undefined;
      const slice = cutter.cutBackfill(first, at, view);
      at = slice.next;
      if (at >= first.length) {
        waiting.shift();
        at = 0;
      }
      return slice;
    },
  };
}
