/**
 * Whether a process's memory is flat.
 *
 * Its first third is warm-up: the window fills, V8 grows its heap to what it needs, the allocator takes what it keeps.
 * After that two things are judged.
 * - The trend: the median of the slopes between all pairs of samples (Theil and Sen), which neither a single peak nor a
 *   garbage collection moves. What it adds up to over the two thirds must stay below a tenth of the median or 24 MiB,
 *   whichever is more: a heap breathes by that much. In a soak of a quarter of an hour, 200 bytes kept of each event
 *   or 2 KB of each connection would be beyond it.
 * - The peak: never above twice the median. The bounded buffers of the stalled are full in a flood and empty after it;
 *   what is beyond that is a buffer without a bound.
 */

export type Sample = { atMs: number; rssMiB: number };
export type MemoryVerdict = {
  medianMiB: number;
  maxMiB: number;
  /** Over the two thirds that are judged, by the trend. */
  growthMiB: number;
  slopeMiBPerMinute: number;
  /** `undefined`: too short a run to say. */
  isFlat: boolean | undefined;
};

const SLACK_MIB = 24;
const SLACK_SHARE = 0.1;
const PEAK_FACTOR = 2;
/** Less is all warm-up. */
const MIN_JUDGED_MS = 60_000;
/** Pairs grow with the square: more samples than this are thinned. */
const MAX_SAMPLES = 400;

/** `samples`: in order, at even distances. */
export function judgeMemory(samples: readonly Sample[]): MemoryVerdict {
  const judged = samples.slice(Math.floor(samples.length / 3));
  const [first, last] = [judged.at(0), judged.at(-1)];
  if (first === undefined || last === undefined) {
    return { medianMiB: 0, maxMiB: 0, growthMiB: 0, slopeMiBPerMinute: 0, isFlat: undefined };
  }
  const medianMiB = median(judged.map(({ rssMiB }) => rssMiB));
  const maxMiB = Math.max(...judged.map(({ rssMiB }) => rssMiB));
  const slope = slopeOf(judged);
  const spanMs = last.atMs - first.atMs;
  const growthMiB = slope * spanMs;
  const isTrendFlat = growthMiB <= Math.max(SLACK_MIB, medianMiB * SLACK_SHARE);
  const isFlat = isTrendFlat && maxMiB <= medianMiB * PEAK_FACTOR;
  return {
    medianMiB,
    maxMiB,
    growthMiB,
    slopeMiBPerMinute: slope * 60_000,
    isFlat: spanMs < MIN_JUDGED_MS ? undefined : isFlat,
  };
}

/** MiB a millisecond. */
function slopeOf(samples: readonly Sample[]): number {
  const step = Math.ceil(samples.length / MAX_SAMPLES);
  const thinned = samples.filter((_, index) => index % step === 0);
  const slopes = thinned.flatMap((one, index) =>
    thinned
      .slice(index + 1)
      .flatMap((other) =>
        other.atMs > one.atMs ? (other.rssMiB - one.rssMiB) / (other.atMs - one.atMs) : [],
      ),
  );
  return slopes.length === 0 ? 0 : median(slopes);
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const [low = 0, high = 0] =
    sorted.length % 2 === 0 ? sorted.slice(middle - 1, middle + 1) : [sorted[middle], sorted[middle]];
  return (low + high) / 2;
}
