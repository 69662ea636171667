/** Full jitter (AWS): `random(0, min(cap, base · 2^n))`, so that a thousand clients do not come back at once. */
const BASE_MS = 500;
const CAP_MS = 30_000;

/** Milliseconds to wait before attempt `attempt + 1`; `random` gives [0, 1). */
export function backoffMs(attempt: number, random: () => number): number {
  return Math.floor(random() * Math.min(CAP_MS, BASE_MS * 2 ** Math.min(attempt, 16)));
}
