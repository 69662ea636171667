/** Counts what arrives, by the second. */
import type { Clock } from '../clock.ts';

/** `count()` is false for everything beyond `perSecond` since the first of its second. */
export function createRateCounter(clock: Clock, perSecond: number): { count(): boolean } {
  let secondStartedMs = clock.now();
  let seen = 0;
  return {
    count() {
      const nowMs = clock.now();
      if (Math.abs(nowMs - secondStartedMs) >= 1_000) {
        secondStartedMs = nowMs;
        seen = 0;
      }
      seen += 1;
      return seen <= perSecond;
    },
  };
}
