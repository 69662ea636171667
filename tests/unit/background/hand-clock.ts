/** A clock that goes only when a test turns it. */

type Timer = { atMs: number; run(): void };

export type HandClock = {
  nowMs(): number;
  setTimer(run: () => void, ms: number): unknown;
  clearTimer(timer: unknown): void;
  /** Runs what falls due within `ms`, in order, and lets promises run after each. */
  elapse(ms: number): Promise<void>;
};

export function createHandClock(startMs = 1_000_000): HandClock {
  let nowMs = startMs;
  const timers = new Set<Timer>();
  return {
    nowMs: () => nowMs,
    setTimer(run, ms) {
      const timer = { atMs: nowMs + ms, run };
      timers.add(timer);
      return timer;
    },
    clearTimer: (timer) => timers.delete(timer as Timer),
    async elapse(ms) {
      const untilMs = nowMs + ms;
      await settle();
      for (;;) {
        const [due] = [...timers]
          .filter(({ atMs }) => atMs <= untilMs)
          .sort((one, other) => one.atMs - other.atMs);
        if (due === undefined) break;
        timers.delete(due);
        nowMs = due.atMs;
        due.run();
        await settle();
      }
      nowMs = untilMs;
    },
  };
}

/** Lets every promise that can go on go on. */
export function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
