/**
 * When to paint: once a frame, and in a flood no more than half of the time, so that messages, keys and clicks have
 * the other half. What is pushed out again between two paints is never painted at all.
 */
export type PaceDeps = {
  nextFrame(run: () => void): unknown;
  setTimer(run: () => void, ms: number): unknown;
  nowMs(): number;
};

/** A rest shorter than this is not worth a timer. */
const SHORTEST_REST_MS = 8;

/** Takes each request to paint; asked for again only after it has painted. */
export function createPacedPaint({ nextFrame, setTimer, nowMs }: PaceDeps): (paint: () => void) => void {
  let costMs = 0;
  let endedAtMs = Number.NEGATIVE_INFINITY;

  function paintNextFrame(paint: () => void): void {
    nextFrame(() => {
      const startedAtMs = nowMs();
      paint();
      // The first task after the frame: by then its layout is paid for too.
      setTimer(() => {
        endedAtMs = nowMs();
        costMs = endedAtMs - startedAtMs;
      }, 0);
    });
  }

  return (paint) => {
    const restMs = endedAtMs + costMs - nowMs();
    if (restMs < SHORTEST_REST_MS) paintNextFrame(paint);
    else setTimer(() => paintNextFrame(paint), restMs);
  };
}
