/** Which goals of the bench are met, and who is asked twice. */
import { describe, expect, test, vi } from 'vitest';
import { describeGoals } from '../../../bench/report.ts';
import { runSections } from '../../../bench/run-sections.ts';
import { isMet, type Mode, type Section } from '../../../bench/section.ts';
import { goalOf, sectionOf } from './bench-run.ts';

test('the table says of each goal what was measured, its limit, and whether it is met', () => {
  const table = describeGoals([
    goalOf('within', 2),
    goalOf('over', 2.01),
    { what: 'fast', value: 49_999.9, unit: '/s', limit: { atLeast: 50_000 } },
    { ...goalOf('far', 2.5), held: { atMost: 3 } },
    { ...goalOf('too far', 3.5), held: { atMost: 3 } },
    { what: 'unknown', value: Number.NaN, unit: 'ms', limit: { atMost: 10 } },
  ]);
  expect(table).toMatch(/within +2\.00 × +≤ 2\.00 +met/);
  expect(table).toMatch(/over +2\.01 × +≤ 2\.00 +MISSED/);
  expect(table).toMatch(/fast +50,000 \/s +≥ 50,000 +MISSED/);
  expect(table).toMatch(/far +2\.50 × +≤ 2\.00 +not reached; ≤ 3\.00 is held/);
  expect(table).toMatch(/too far +3\.50 × +≤ 2\.00 +MISSED/);
  expect(table).toMatch(/unknown +NaN ms +≤ 10\.0 +MISSED/);
});

describe('a section', () => {
  const told = () => ({ measured: vi.fn(), again: vi.fn(), failed: vi.fn() });
  const measures = (...sections: Section[]) => {
    const measure = vi.fn();
    for (const section of sections) measure.mockResolvedValueOnce(section);
    return measure;
  };
  const missedOf = (sections: readonly Section[]) =>
    sections.flatMap(({ goals }) => goals.filter((goal) => !isMet(goal)).map(({ what }) => what));

  test.each<[string, Mode, number[][], number, string[]]>([
    ['that meets its goals is measured once', 'quick', [[1, 1]], 1, []],
    [
      'that misses one in a quick run is measured again',
      'quick',
      [
        [1, 3],
        [1, 1],
      ],
      2,
      [],
    ],
    [
      'that misses another one then has missed none twice',
      'quick',
      [
        [1, 3],
        [3, 1],
      ],
      2,
      [],
    ],
    [
      'that misses one twice has missed it',
      'quick',
      [
        [3, 3],
        [1, 3],
      ],
      2,
      ['b'],
    ],
    ['that misses one in a full run has missed it', 'full', [[3, 1]], 1, ['a']],
  ])('%s', async (_, mode, rounds, times, missed) => {
    const measure = measures(...rounds.map(([a = 0, b = 0]) => sectionOf([goalOf('a', a), goalOf('b', b)])));
    const listener = told();
    expect(missedOf(await runSections(new Map([['part', measure]]), mode, listener))).toEqual(missed);
    expect(measure).toHaveBeenCalledTimes(times);
    expect(listener.measured).toHaveBeenCalledTimes(times);
    expect(listener.again).toHaveBeenCalledTimes(times - 1);
  });

  test('that fails is told, and the next one is measured', async () => {
    const listener = told();
    const failing = vi.fn().mockRejectedValue(new Error('no browser'));
    const sections = await runSections(
      new Map([
        ['one', failing],
        ['other', measures(sectionOf([], { cost: 1 }))],
      ]),
      'full',
      listener,
    );
    expect(sections.map(({ ratios }) => ratios)).toEqual([{ cost: 1 }]);
    expect(listener.failed).toHaveBeenCalledWith('one', new Error('no browser'));
  });
});
