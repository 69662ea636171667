/** When lines are sent: evenly, and each at a moment of its own, or they would all meet the same part of a frame. */

/** Numerical Recipes' generator: the same moments in every run and for every subject. */
const MULTIPLIER = 1_664_525;
const INCREMENT = 1_013_904_223;
const MODULUS = 2 ** 32;

/** Milliseconds from the beginning, ascending: one moment somewhere within each line's share of the time. */
export function sendTimesMs(perSecond: number, forMs: number): number[] {
  const shareMs = 1_000 / perSecond;
  let state = 1;
  return Array.from({ length: Math.round((perSecond * forMs) / 1_000) }, (_, line) => {
    state = (state * MULTIPLIER + INCREMENT) % MODULUS;
    return (line + state / MODULUS) * shareMs;
  });
}
