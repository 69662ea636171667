/** Waiting for what a real network will bring. The time-out is generous: it only says how long a failure takes. */
import { vi } from 'vitest';

/** Resolves with what `check` returns once it no longer throws. */
export function until<Result>(check: () => Result | Promise<Result>, intervalMs = 10): Promise<Result> {
  return vi.waitFor(check, { timeout: 20_000, interval: intervalMs });
}
