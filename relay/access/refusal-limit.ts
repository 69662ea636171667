/** How many refused tokens an address may show in a minute. A valid token is never counted. */
import type { Clock } from '../clock.ts';
import type { Limits } from '../limits.ts';

const MINUTE_MS = 60_000;

/** `within` the limit; `reached`: the first beyond it; `beyond`: any further. */
type RefusalCount = { level: 'within' | 'reached' | 'beyond'; retryAfterMs: number };
export type RefusalLimit = ReturnType<typeof createRefusalLimit>;

/** Remembers a bounded number of addresses and forgets the one that began longest ago. */
export function createRefusalLimit(
  clock: Clock,
  limits: Pick<Limits, 'refusalsPerMinute' | 'refusalAddresses'>,
) {
  const minutes = new Map<string, { startedMs: number; count: number }>();

  function minuteOf(address: string) {
    const minute = minutes.get(address);
    return minute !== undefined && clock.now() - minute.startedMs < MINUTE_MS ? minute : undefined;
  }

  function startMinute(address: string) {
    const minute = { startedMs: clock.now(), count: 0 };
    minutes.delete(address);
    minutes.set(address, minute);
    const oldest = minutes.keys().next();
    if (minutes.size > limits.refusalAddresses && oldest.done !== true) minutes.delete(oldest.value);
    return minute;
  }

  return {
    /** Whether the next refusal would be one too many. */
    isReached: (address: string): boolean => (minuteOf(address)?.count ?? 0) >= limits.refusalsPerMinute,

    count(address: string): RefusalCount {
      const minute = minuteOf(address) ?? startMinute(address);
      minute.count += 1;
      const beyond = minute.count - limits.refusalsPerMinute;
      const level = beyond <= 0 ? 'within' : beyond === 1 ? 'reached' : 'beyond';
      return { level, retryAfterMs: Math.max(0, minute.startedMs + MINUTE_MS - clock.now()) };
    },
  };
}
