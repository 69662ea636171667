/** How often something may be put right again that the page undoes: a page that means it is left alone. */

export type RetryBudget = {
  /** Whether it may be done once more now. After the last time nothing may be done for a while. */
  take(): boolean;
  /** Everything may be done again: the page is another. */
  renew(): void;
};

export type BudgetOptions = { nowMs(): number; times?: number; withinMs?: number; restMs?: number };

export function createRetryBudget({
  nowMs,
  times = 5,
  withinMs = 10_000,
  restMs = 60_000,
}: BudgetOptions): RetryBudget {
  let taken: number[] = [];
  let restsUntilMs = 0;
  return {
    take() {
      const now = nowMs();
      if (now < restsUntilMs) return false;
      taken = taken.filter((atMs) => now - atMs < withinMs);
      if (taken.length >= times) {
        taken = [];
        restsUntilMs = now + restMs;
        return false;
      }
      taken.push(now);
      return true;
    },
    renew() {
      taken = [];
      restsUntilMs = 0;
    },
  };
}
