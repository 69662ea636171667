/** How long an agent waits for a call to be shown and searched, by how long the call is. */
import { setTimeout as wait } from 'node:timers/promises';
import { showCall } from '../../tests/e2e/world.ts';
import { pairedRatio } from '../paired-ratio.ts';
import { median } from '../percentile.ts';
import type { Goal, Measure, Table } from '../section.ts';
import type { BenchBrowser } from './bench-browser.ts';
import { withBenchBrowsers } from './bench-browsers.ts';
import { waitForLine } from './filled-world.ts';
import { type OpeningTimes, openByIcon, openByPicker } from './open-call.ts';
import { type SearchTimes, searchCall } from './search-call.ts';
import { watchStalls } from './stalls.ts';

const FEW = 500;
const MANY = 20_000;

const PLANS = {
  full: { sizes: [FEW, 5_000, MANY], rounds: 5 },
  quick: { sizes: [FEW, MANY], rounds: 3 },
} as const;

/** Shown between two turns, so that none pays for taking away what the last one showed. */
const SHORTEST_CALL = 'shortest';
const CALM_MS = 700;

const OPENING_AT_MOST = 1.5;
/** Three turns on a busy machine scatter by a third. */
const QUICK_ROOM = 1.35;

/** By turn. */
type SizeTimes = {
  lines: number;
  icon: OpeningTimes[];
  picker: OpeningTimes[];
  search: SearchTimes[];
};

export const measureOpening: Measure = async (mode) => {
  const { sizes, rounds } = PLANS[mode];
  const times = sizes.map((lines): SizeTimes => ({ lines, icon: [], picker: [], search: [] }));
  // One browser for each, in which a call of that length is the newest.
  await withBenchBrowsers(sizes.length, async (benches) => {
    await Promise.all(benches.map((bench, at) => fillCalls(bench, sizes.slice(0, at + 1))));
    for (let round = 0; round < rounds; round += 1) {
      for (const [at, bench] of benches.entries()) await iconTurn(bench, times[at]);
    }
    const last = benches.at(-1);
    if (last !== undefined) await pickerTurns(last, times, rounds);
  });
  const room = mode === 'quick' ? QUICK_ROOM : 1;
  const [few, many] = [times[0], times.at(-1)];
  if (few === undefined || many === undefined) throw new Error('nothing was measured');
  const growths = {
    icon: pairedRatio(many.icon.map(newest), few.icon.map(newest)),
    picker: pairedRatio(many.picker.map(newest), few.picker.map(newest)),
  };
  return {
    tables: [tableOf(times)],
    ratios: { 'opening.icon.growth': growths.icon, 'opening.picker.growth': growths.picker },
    figures: Object.fromEntries(times.flatMap(figuresOf)),
    goals: [
      goalOf('opening by the icon', growths.icon, room),
      goalOf('opening by the picker', growths.picker, room),
    ],
  };
};

const newest = ({ newestMs }: OpeningTimes): number => newestMs;

const callOf = (lines: number): string => `opened-${lines}`;

/** The last is the newest. The background listens only while a sidebar is open. */
async function fillCalls(bench: BenchBrowser, sizes: readonly number[]): Promise<void> {
  const { page, sidebar } = await bench.openCrmWithSidebar();
  await bench.sender.fill('relay', SHORTEST_CALL, 0, 1);
  for (const lines of sizes) {
    await bench.sender.fill('relay', callOf(lines), 0, lines);
    await showCall(sidebar, callOf(lines));
    await waitForLine({ place: sidebar, host: undefined }, callOf(lines), lines - 1);
  }
  await page.close();
}

async function iconTurn(bench: BenchBrowser, times: SizeTimes | undefined): Promise<void> {
  if (times === undefined) return;
  const page = await bench.browser.browser.newPage();
  times.icon.push(await openByIcon(bench, page, { call: callOf(times.lines), lines: times.lines }));
  await page.close();
}

async function pickerTurns(bench: BenchBrowser, sizes: readonly SizeTimes[], rounds: number): Promise<void> {
  const { page, sidebar } = await bench.openCrmWithSidebar();
  await watchStalls(sidebar);
  for (let round = 0; round < rounds; round += 1) {
    for (const { lines, picker } of sizes) {
      await showCall(sidebar, SHORTEST_CALL);
      await wait(CALM_MS);
      picker.push(await openByPicker(sidebar, { call: callOf(lines), lines }));
    }
  }
  // A search brings the reader elsewhere in a call, and that is where it would be opened next.
  for (let round = 0; round < rounds; round += 1) {
    for (const { lines, search } of sizes) {
      await showCall(sidebar, callOf(lines));
      await waitForLine({ place: sidebar, host: undefined }, callOf(lines), lines - 1);
      search.push(await searchCall(page, sidebar, lines));
    }
  }
}

const TITLES = [
  'lines',
  'icon to newest, ms',
  'to whole',
  'picker to newest',
  'to whole',
  'key to found',
  'its longest task',
];

function tableOf(sizes: readonly SizeTimes[]): Table {
  const rows = sizes.map((times) => [
    String(times.lines),
    ...mediansOf(times).map(([, ms]) => ms.toFixed(0)),
  ]);
  return { title: 'Opening and searching a call', rows: [TITLES, ...rows] };
}

function figuresOf(times: SizeTimes): [string, number][] {
  return mediansOf(times).map(([name, ms]) => [`opening.${times.lines}.${name}`, ms]);
}

function mediansOf({ icon, picker, search }: SizeTimes): [string, number][] {
  return [
    ['icon.newestMs', median(icon.map(newest))],
    ['icon.wholeMs', median(icon.map(({ wholeMs }) => wholeMs))],
    ['picker.newestMs', median(picker.map(newest))],
    ['picker.wholeMs', median(picker.map(({ wholeMs }) => wholeMs))],
    ['search.countedMs', median(search.map(({ countedMs }) => countedMs))],
    ['search.longestTaskMs', median(search.map(({ longestTaskMs }) => longestTaskMs))],
  ];
}

function goalOf(what: string, value: number, room: number): Goal {
  return {
    what: `${what} at 20,000 lines, beside that at 500: newest line painted`,
    value,
    unit: '×',
    limit: { atMost: OPENING_AT_MOST * room },
  };
}
