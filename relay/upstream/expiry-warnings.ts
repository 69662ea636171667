/** Says ahead, and once more when it is too late, that a token ends. */
import type { Clock } from '../clock.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** How long ahead it is said; the last one says that it has happened. */
const AHEAD_MS = [24 * HOUR_MS, HOUR_MS, 5 * MINUTE_MS, 0] as const;
/** Asked anew at least this often: neither a step of the clock nor a sleep of the machine delays a warning by more. */
const LOOK_MS = MINUTE_MS;

/** `leftMs`: until the end; not positive once it has passed. */
export type TellExpiry = (expiresAtMs: number, leftMs: number) => void;

/** Each warning is told once for one moment of expiry; of several that are due together, the most urgent alone. */
export function createExpiryWarnings(clock: Clock, tell: TellExpiry) {
  let watched: number | undefined;
  /** How many of `AHEAD_MS` are behind us. */
  let told = 0;
  let cancel = () => {};

  function look(expiresAtMs: number): void {
    const leftMs = expiresAtMs - clock.now();
    const due = AHEAD_MS.filter((aheadMs) => leftMs <= aheadMs).length;
    if (due > told) {
      told = due;
      tell(expiresAtMs, leftMs);
    }
    const next = AHEAD_MS[told];
    if (next === undefined) return;
    cancel = clock.after(Math.min(LOOK_MS, Math.max(1, leftMs - next)), () => look(expiresAtMs));
  }

  return {
    /** From now on this moment counts, and no earlier one; `undefined`: none is known. */
    watch(expiresAtMs: number | undefined): void {
      if (expiresAtMs === watched) return;
      cancel();
      watched = expiresAtMs;
      told = 0;
      if (expiresAtMs !== undefined) look(expiresAtMs);
    },
    stop: () => cancel(),
  };
}
