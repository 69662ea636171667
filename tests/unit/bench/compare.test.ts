/** Two runs of the bench beside each other. */
import { expect, test } from 'vitest';
import { agrees, compareRatios, describeDifferences } from '../../../bench/compare.ts';
import { readReport } from '../../../bench/report.ts';
import { reportOf } from './bench-run.ts';

test.each([
  ['a fifth more agrees', 1.2, true],
  ['a fifth less agrees', 0.8, true],
  ['more than that does not', 1.21, false],
  ['less than that does not', 0.79, false],
])('%s', (_, after, expected) => {
  const [difference] = compareRatios(reportOf({ cost: 1 }), reportOf({ cost: after }));
  expect(difference && agrees(difference)).toBe(expected);
});

test('nothing beside nothing agrees', () => {
  const [difference] = compareRatios(reportOf({ lost: 0 }), reportOf({ lost: 0 }));
  expect(difference?.perCent).toBe(0);
});

test('a ratio that only one of them has is shown, and disagrees with nothing', () => {
  const [one, other] = [reportOf({ cost: 2, old: 1 }), reportOf({ cost: 3, new: 1 })];
  const differences = compareRatios(one, other);
  expect(differences.map(({ name }) => name)).toEqual(['cost', 'new', 'old']);
  expect(differences.filter((difference) => !agrees(difference)).map(({ name }) => name)).toEqual(['cost']);
  const table = describeDifferences(differences, [one, other]);
  expect(table).toMatch(/cost +2\.000 +3\.000 +50\.0 % +more than 20 %/);
  expect(table).toMatch(/new +1\.000 *$/m);
});

test.each([
  ['what it wrote itself', JSON.stringify(reportOf({ cost: 1 })), undefined],
  ['no JSON', 'Goals', /run\.json is not JSON/],
  ['other JSON', '{"date":"today"}', /run\.json is not what the bench wrote: commit/],
])('it reads %s', (_, text, refusal) => {
  if (refusal === undefined) expect(readReport(text, 'run.json').ratios).toEqual({ cost: 1 });
  else expect(() => readReport(text, 'run.json')).toThrow(refusal);
});
