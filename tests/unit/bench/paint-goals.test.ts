import { describe, expect, test } from 'vitest';
import { describePaints } from '../../../bench/extension/paint-goals.ts';
import type { Condition, PaintFigures } from '../../../bench/extension/paint-turns.ts';
import { isHeld, isMet } from '../../../bench/section.ts';

/** A delay of `ms`, but for one line in fifty, which takes `slowestMs`. */
function paints(
  subject: PaintFigures['subject'],
  condition: Condition,
  perSecond: number,
  ms: number,
  slowestMs = ms,
  lines = 400,
): PaintFigures {
  const all = Array.from({ length: lines }, (_, at) => (at % 50 === 0 ? slowestMs : ms));
  return { subject, condition, perSecond, ms: all, lost: 0 };
}

const missed = (all: PaintFigures[], mode: 'full' | 'quick' = 'full') =>
  describePaints(all, mode)
    .goals.filter((goal) => !isMet(goal))
    .map(({ what }) => what);

describe('with an idle page', () => {
  test.each<[string, number, number, number, string[]]>([
    ['as fast as the floor', 200, 10, 18, []],
    ['half as slow again', 200, 15, 18, []],
    ['slower than that', 200, 15.1, 18, ["200 lines/s, page idle: p50 to the floor's"]],
    ['with slow lines', 200, 10, 40, ["200 lines/s, page idle: p99 to the floor's"]],
    ['faster than anybody reads', 2_000, 100, 400, []],
  ])('%s', (_name, perSecond, ms, slowestMs, expected) => {
    const floor = paints('floor', 'idle', perSecond, 10, 19);
    expect(missed([floor, paints('sidebar', 'idle', perSecond, ms, slowestMs)])).toEqual(expected);
  });

  test('of few lines the slowest tenth counts, and at a trickle another limit is held', () => {
    const floor = paints('floor', 'idle', 1, 3, 3, 60);
    const { goals, ratios } = describePaints([floor, paints('sidebar', 'idle', 1, 6, 6, 60)], 'full');
    expect(ratios).toEqual({ 'paint.idle.1.p50': 2, 'paint.idle.1.p90': 2 });
    expect(goals.filter(isMet)).toHaveLength(2);
    expect(goals.filter(isHeld)).toHaveLength(3);
  });

  test('a slow-down is missed in a quick run too', () => {
    const floor = paints('floor', 'idle', 20, 3);
    expect(describePaints([floor, paints('sidebar', 'idle', 20, 11)], 'quick').goals.every(isHeld)).toBe(
      false,
    );
  });

  test('a line that was lost is told', () => {
    const ours = { ...paints('sidebar', 'idle', 200, 10), lost: 1 };
    expect(missed([paints('floor', 'idle', 200, 10), ours])).toEqual(['200 lines/s, page idle: lines lost']);
  });
});

test('with a busy page it is held against itself and the naive one', () => {
  const all = (busyMs: number) => [
    paints('sidebar', 'idle', 20, 10),
    paints('sidebar', 'busy', 20, busyMs),
    paints('naive', 'busy', 20, 100),
  ];
  expect(missed(all(15))).toEqual([]);
  expect(missed(all(21))).toEqual([
    '20 lines/s, page busy: p95 to our own, page idle',
    "20 lines/s, page busy: p95 to the naive sidebar's",
  ]);
});
