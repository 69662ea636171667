/** The table of what a line costs. */
import { median } from '../percentile.ts';
import type { Table } from '../section.ts';
import type { LineCost } from './line-cost.ts';
import type { Work } from './main-thread.ts';
import { longestWords } from './stalls.ts';

/** By turn, with so many lines on screen. */
export type SizeCosts = {
  lines: number;
  sidebar: readonly LineCost[];
  /** The sidebar with many lines a second; empty where that was not measured, as is `naive`. */
  fast: readonly LineCost[];
  naive: readonly LineCost[];
};

const TITLES = [
  'lines on screen',
  'where',
  'ms a line',
  'script',
  'style',
  'layout',
  'longest task, ms',
  'shifts',
];

export function costTable(costs: readonly SizeCosts[]): Table {
  const rows = costs.flatMap(({ lines, sidebar, fast, naive }) => [
    ...rowsOf(lines, 'sidebar', sidebar),
    ...rowsOf(lines, 'sidebar, fast', fast),
    ...rowsOf(lines, 'naive', naive),
  ]);
  return { title: 'Cost a line: processor time of the main thread', rows: [TITLES, ...rows] };
}

function rowsOf(lines: number, where: string, costs: readonly LineCost[]): string[][] {
  if (costs.length === 0) return [];
  const ms = (part: keyof Work) => median(costs.map(({ work }) => work[part])).toFixed(2);
  const shifts = costs.reduce((sum, one) => sum + one.shifts, 0);
  return [
    [
      String(lines),
      where,
      ms('taskMs'),
      ms('scriptMs'),
      ms('styleMs'),
      ms('layoutMs'),
      longestWords(costs.flatMap(({ longTasksMs }) => longTasksMs)),
      String(shifts),
    ],
  ];
}
