/** Tells a reader that is slow from one that was slow for a moment. */
import type { Clock } from './clock.ts';
import type { Limits } from './limits.ts';

type SlowWatchHooks = { unsentBytes: () => number; onSlow: () => void };

/** `onSlow` runs once `unsentBytes` has stood above `slowBytes` at every `check` for `slowMs`. */
export function createSlowWatch(
  clock: Clock,
  limits: Pick<Limits, 'slowBytes' | 'slowMs'>,
  { unsentBytes, onSlow }: SlowWatchHooks,
): { check(): void; stop(): void } {
  let cancel: (() => void) | undefined;

  function stop(): void {
    cancel?.();
    cancel = undefined;
  }

  return {
    check() {
      if (unsentBytes() <= limits.slowBytes) return stop();
      cancel ??= clock.after(limits.slowMs, () => {
        cancel = undefined;
        if (unsentBytes() > limits.slowBytes) onSlow();
      });
    },
    stop,
  };
}
