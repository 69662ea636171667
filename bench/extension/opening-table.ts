/** The table and the figures of how long calls take to open and to be searched. */
import { median } from '../percentile.ts';
import type { Table } from '../section.ts';
import type { OpeningTimes } from './open-call.ts';
import type { SearchTimes } from './search-call.ts';

/** By turn, of a call of so many lines. */
export type SizeTimes = {
  lines: number;
  icon: OpeningTimes[];
  picker: OpeningTimes[];
  search: SearchTimes[];
};

export const newestOf = ({ newestMs }: OpeningTimes): number => newestMs;

const TITLES = [
  'lines',
  'icon to newest, ms',
  'to whole',
  'picker to newest',
  'to whole',
  'key to found',
  'its longest task',
];

export function openingTable(sizes: readonly SizeTimes[]): Table {
  const rows = sizes.map((times) => [
    String(times.lines),
    ...mediansOf(times).map(([, ms]) => ms.toFixed(0)),
  ]);
  return { title: 'Opening and searching a call', rows: [TITLES, ...rows] };
}

export function openingFigures(times: SizeTimes): [string, number][] {
  return mediansOf(times).map(([name, ms]) => [`opening.${times.lines}.${name}`, ms]);
}

function mediansOf({ icon, picker, search }: SizeTimes): [string, number][] {
  return [
    ['icon.newestMs', median(icon.map(newestOf))],
    ['icon.wholeMs', median(icon.map(({ wholeMs }) => wholeMs))],
    ['picker.newestMs', median(picker.map(newestOf))],
    ['picker.wholeMs', median(picker.map(({ wholeMs }) => wholeMs))],
    ['search.countedMs', median(search.map(({ countedMs }) => countedMs))],
    ['search.longestTaskMs', median(search.map(({ longestTaskMs }) => longestTaskMs))],
  ];
}
