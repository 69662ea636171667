/** How long the relay waits before it asks the platform again: AWS's full jitter. */

const BASE_MS = 500;
const CAP_MS = 30_000;
/** A wrong token does not get better by itself: asking more often than this would only be a nuisance. */
const UNAUTHORIZED_MIN_MS = 5_000;

/** `failures`: attempts in a row that came to nothing; `random`: from 0 up to 1. */
export function reconnectDelayMs(failures: number, isUnauthorized: boolean, random: number): number {
  const delayMs = Math.floor(random * Math.min(CAP_MS, BASE_MS * 2 ** Math.min(failures, 16)));
  return isUnauthorized ? Math.max(UNAUTHORIZED_MIN_MS, delayMs) : delayMs;
}
