/**
 * When to paint: at once where nothing waits for its frame, then with the next frame, and in a flood no more than half
 * of the time, so that messages, keys and clicks have the other half. What is pushed out again between two paints is
 * never painted at all.
 */
export type PaceDeps = {
  /** Right after what is being done now. */
  soon(run: () => void): void;
  nextFrame(run: () => void): unknown;
  setTimer(run: () => void, ms: number): unknown;
  nowMs(): number;
};

/** A rest shorter than this is not worth a timer. */
const SHORTEST_REST_MS = 8;

/** Takes each request to paint; asked for again only after it has painted. */
export function createPacedPaint({
  soon,
  nextFrame,
  setTimer,
  nowMs,
}: PaceDeps): (paint: () => void) => void {
  let costMs = 0;
  let endedAtMs = Number.NEGATIVE_INFINITY;
  /** Something was painted whose frame has not come yet. */
  let awaitsFrame = false;

  /** Before the frame that shows it, which is then spared the work. */
  function paintAtOnce(paint: () => void): void {
    awaitsFrame = true;
    soon(() => {
      const startedAtMs = nowMs();
      paint();
      const workMs = nowMs() - startedAtMs;
      nextFrame(() => {
        awaitsFrame = false;
        rate(nowMs() - workMs);
      });
    });
  }

  function paintNextFrame(paint: () => void): void {
    nextFrame(() => {
      const startedAtMs = nowMs();
      paint();
      rate(startedAtMs);
    });
  }

  /** In the first task after the frame: by then its layout is paid for too. */
  function rate(startedAtMs: number): void {
    setTimer(() => {
      endedAtMs = nowMs();
      costMs = endedAtMs - startedAtMs;
    }, 0);
  }

  return (paint) => {
    const restMs = endedAtMs + costMs - nowMs();
    if (restMs >= SHORTEST_REST_MS) setTimer(() => paintNextFrame(paint), restMs);
    else if (awaitsFrame) paintNextFrame(paint);
    else paintAtOnce(paint);
  };
}
