/** How many refused tokens an address may show in a minute. A valid token is never counted, nor held up. */
import type { Clock } from './clock.ts';
import type { Limits } from './limits.ts';

const MINUTE_MS = 60_000;

/** `within` the limit; `reached`: the first beyond it; `beyond`: any further. */
type RefusalCount = { level: 'within' | 'reached' | 'beyond'; retryAfterMs: number };
export type CountRefusal = (address: string) => RefusalCount;

/** Remembers a bounded number of addresses and forgets the one that began longest ago. */
export function createRefusalLimit(
  clock: Clock,
  limits: Pick<Limits, 'refusalsPerMinute' | 'refusalAddresses'>,
): CountRefusal {
  const minutes = new Map<string, { startedMs: number; count: number }>();

  return (address) => {
    const nowMs = clock.now();
    let minute = minutes.get(address);
    if (minute === undefined || nowMs - minute.startedMs >= MINUTE_MS) {
      minutes.delete(address);
      minute = { startedMs: nowMs, count: 0 };
      minutes.set(address, minute);
      const oldest = minutes.keys().next();
      if (minutes.size > limits.refusalAddresses && oldest.done !== true) minutes.delete(oldest.value);
    }
    minute.count += 1;
    const beyond = minute.count - limits.refusalsPerMinute;
    const level = beyond <= 0 ? 'within' : beyond === 1 ? 'reached' : 'beyond';
    return { level, retryAfterMs: Math.max(0, minute.startedMs + MINUTE_MS - nowMs) };
  };
}
