/** Tells a reader that is slow from one that was slow for a moment. */
import type { Clock } from '../clock.ts';
import type { Limits } from '../limits.ts';

type SlowWatchHooks = {
  /** Cheap, and never less than `leastUnsentBytes`. */
  unsentBytes: () => number;
  /** Without what can be left out. */
  leastUnsentBytes: () => number;
  onSlow: () => void;
};

/** `onSlow` runs once `unsentBytes` has stood above `slowBytes` at every `check` for `slowMs`, and in the end both do. */
export function createSlowWatch(
  clock: Clock,
  limits: Pick<Limits, 'slowBytes' | 'slowMs'>,
  { unsentBytes, leastUnsentBytes, onSlow }: SlowWatchHooks,
): { check(): void; isWatching(): boolean; stop(): void } {
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
        if (leastUnsentBytes() > limits.slowBytes) onSlow();
      });
    },
    /** At the last check there was too much. */
    isWatching: () => cancel !== undefined,
    stop,
  };
}
