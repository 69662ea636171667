/** The history of runs in docs/performance.md. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { recordRun } from '../../../bench/report-history.ts';
import { reportOf } from './bench-run.ts';

const page = readFileSync(join(import.meta.dirname, '../../../docs/performance.md'), 'utf8');
const rowsOf = (text: string) => text.split('\n').filter((line) => line.startsWith('| 2'));

test('a run is a row at the end of the table, and nothing else changes', () => {
  const once = recordRun(page, reportOf({ 'core.reduce': 5.449, 'size.zip.ofGoal': 0.98 }));
  const twice = recordRun(
    once,
    reportOf({}, { date: '2026-01-06T09:00:00.000Z', dirty: true, mode: 'quick' }),
  );
  const [row, next, ...more] = rowsOf(twice).slice(rowsOf(page).length);
  expect(row).toMatch(
    /^\| 2026-01-05 \| abc1234 \| 2 × A Processor, Node 24\.21\.0 \|[ |]+ 5\.45 \|.* 0\.98 \|/,
  );
  expect(next).toMatch(/^\| 2026-01-06, quick \| abc1234 \+ \|/);
  expect(more).toEqual([]);
  expect(twice.replace(`${row}\n${next}\n`, '')).toBe(page);
});

test('the browser is named where one was used', () => {
  const machine = { node: 'v24.21.0', cores: 2, cpu: 'A Processor', browser: 'Chromium 156' };
  expect(recordRun(page, reportOf({}, { machine }))).toContain('Node 24.21.0, Chromium 156 |');
});

test.each([
  ['without a history', 'How fast'],
  ['whose table has other columns', '## History\n\n| date | speed |\n| --- | --- |\n'],
])('a page %s is left as it is', (_, other) => {
  expect(() => recordRun(other, reportOf({}))).toThrow(/has no table under "## History"/);
});
