/** How long work that can wait goes on in one idle moment. */

/** The browser offers up to 50 ms; a key that is pressed meanwhile is answered sooner. */
const SLICE_MS = 12;
/** For what must go on also while a flood leaves no idle moment. */
export const IDLE_WITHIN_MS = 250;

/** To be asked before each piece of work: whether there is room for one that takes `neededMs`, and the slice not over. */
export function idleSlice(deadline: IdleDeadline, neededMs: number): () => boolean {
  const enoughMs = Math.max(neededMs, deadline.timeRemaining() - SLICE_MS);
  return () => deadline.timeRemaining() >= enoughMs;
}
