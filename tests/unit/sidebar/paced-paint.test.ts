import { describe, expect, test } from 'vitest';
import { createPacedPaint } from '../../../components/sidebar/paced-paint.ts';

/** Frames and timers by hand; a paint takes `costMs`. */
function setUp(costMs: number) {
  let nowMs = 0;
  const timers: { atMs: number; run: () => void }[] = [];
  const paintedAtMs: number[] = [];
  const ask = createPacedPaint({
    nextFrame: (run) => timers.push({ atMs: (Math.floor(nowMs / 16) + 1) * 16, run }),
    setTimer: (run, ms) => timers.push({ atMs: nowMs + ms, run }),
    nowMs: () => nowMs,
  });
  const request = () =>
    ask(() => {
      paintedAtMs.push(nowMs);
      nowMs += costMs;
      // More has come meanwhile: that is what a flood is.
      timers.push({ atMs: nowMs + 1, run: request });
    });
  request();
  while (nowMs < 4_000) {
    const next = timers.sort((one, other) => one.atMs - other.atMs).shift();
    if (next === undefined) break;
    nowMs = Math.max(nowMs, next.atMs);
    next.run();
  }
  return paintedAtMs;
}

describe('painting', () => {
  test('comes with every frame while it is cheap', () => {
    expect(setUp(2).length).toBeGreaterThan(240);
  });

  test('takes no more than about half of the time when it is dear', () => {
    const painted = setUp(200);
    expect(painted.length).toBeLessThanOrEqual(11);
    expect(painted.length).toBeGreaterThanOrEqual(8);
  });
});
