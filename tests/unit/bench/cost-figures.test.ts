/** What is concluded of the cost of lines and of opening calls; the extension itself is measured by running it. */
import { describe, expect, test } from 'vitest';
import { costTable } from '../../../bench/extension/cost-table.ts';
import type { Flood } from '../../../bench/extension/flood.ts';
import { floodGoals } from '../../../bench/extension/flood-report.ts';
import { scaleWork, workBetween } from '../../../bench/extension/main-thread.ts';
import { openingFigures, openingTable } from '../../../bench/extension/opening-table.ts';
import { isMet } from '../../../bench/section.ts';

test('work is what was done between two looks, shared by as many lines as came', () => {
  const before = { taskMs: 10, scriptMs: 4, styleMs: 2, layoutMs: 1 };
  const after = { taskMs: 50, scriptMs: 24, styleMs: 6, layoutMs: 11 };
  expect(scaleWork(workBetween(before, after), 1 / 10)).toEqual({
    taskMs: 4,
    scriptMs: 2,
    styleMs: 0.4,
    layoutMs: 1,
  });
});

describe('the table of what a line costs', () => {
  const cost = (taskMs: number, longTasksMs: readonly number[] = []) => ({
    work: { taskMs, scriptMs: 1, styleMs: 1, layoutMs: 1 },
    longTasksMs,
    shifts: 0,
    inView: true,
  });
  const { rows } = costTable([
    { lines: 100, sidebar: [cost(3), cost(1), cost(2)], fast: [], naive: [] },
    { lines: 20_000, sidebar: [cost(4)], fast: [], naive: [cost(40, [60, 80])] },
  ]);

  test('has a row for each that was measured, with its median', () => {
    expect(rows.slice(1).map((row) => row.slice(0, 3))).toEqual([
      ['100', 'sidebar', '2.00'],
      ['20000', 'sidebar', '4.00'],
      ['20000', 'naive', '40.00'],
    ]);
  });

  test('says how long the longest task was, or that none was long', () => {
    expect(rows.slice(1).map((row) => row[6])).toEqual(['< 50', '< 50', '80']);
  });
});

describe('a flood', () => {
  const seen: Flood = {
    sent: 10,
    painted: 10,
    lost: 0,
    misplaced: 0,
    typingMs: [8, 16, 24],
    longTasksMs: [],
    shifts: 0,
  };
  const areMet = (given: Partial<Flood>) =>
    floodGoals({ perSecond: 2_000, seen: { ...seen, ...given } }, 1).every(isMet);

  test.each<[string, Partial<Flood>, boolean]>([
    ['every line came, nothing halted and the keys were answered', {}, true],
    ['a line was lost', { lost: 1 }, false],
    ['a line stands at the wrong place', { misplaced: 1 }, false],
    ['a key waited', { typingMs: [8, 80] }, false],
    ['a task was long', { longTasksMs: [70] }, false],
  ])('where %s', (_, given, expected) => {
    expect(areMet(given)).toBe(expected);
  });
});

test('opening and searching are told as the medians of their turns', () => {
  const times = {
    lines: 500,
    icon: [{ newestMs: 300, wholeMs: 310 }],
    picker: [20, 40, 30].map((ms) => ({ newestMs: ms, wholeMs: ms + 5 })),
    search: [{ countedMs: 12, longestTaskMs: 0 }],
  };
  expect(openingTable([times]).rows[1]).toEqual(['500', '300', '310', '30', '35', '12', '0']);
  expect(Object.fromEntries(openingFigures(times))).toMatchObject({ 'opening.500.picker.newestMs': 30 });
});
