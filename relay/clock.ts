/** Time as the relay's state machines see it, so that tests can move it by hand. */

export type Clock = {
  /** Milliseconds since 1970. */
  now(): number;
  /** Runs `action` once after `delayMs`, at most 24 days; calling what it returns undoes it. */
  after(delayMs: number, action: () => void): () => void;
};

export const systemClock: Clock = {
  now: () => Date.now(),
  after(delayMs, action) {
    const timer = setTimeout(action, delayMs);
    return () => clearTimeout(timer);
  },
};
