import { describe, expect, test } from 'vitest';
import { createPacedPaint } from '../../../components/sidebar/paced-paint.ts';

/** Frames and timers by hand; a paint takes `costMs`. */
function setUp(costMs: number) {
  let nowMs = 0;
  const timers: { atMs: number; run: () => void }[] = [];
  const paintedAtMs: number[] = [];
  const ask = createPacedPaint({
    soon: (run) => timers.push({ atMs: nowMs, run }),
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

  test('does not wait for a frame where none is awaited, and then once more within it', () => {
    const frames: (() => void)[] = [];
    const painted: string[] = [];
    const ask = createPacedPaint({
      soon: (run) => run(),
      nextFrame: (run) => frames.push(run),
      setTimer: (run) => run(),
      nowMs: () => 0,
    });
    ask(() => painted.push('first'));
    expect(painted).toEqual(['first']);
    ask(() => painted.push('second'));
    expect(painted).toEqual(['first']);
    for (const run of frames.splice(0)) run();
    expect(painted).toEqual(['first', 'second']);
  });

  test('waits for its frame where a hidden tab has none', () => {
    let painted = 0;
    const ask = createPacedPaint({
      soon: (run) => run(),
      nextFrame: () => {},
      setTimer: (run) => run(),
      nowMs: () => 0,
    });
    for (let at = 0; at < 5; at += 1) ask(() => (painted += 1));
    expect(painted).toBe(1);
  });
});
