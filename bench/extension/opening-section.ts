/** How long an agent waits for a call to be shown and searched, by how long the call is. */
import { setTimeout as wait } from 'node:timers/promises';
import { showCall } from '../../tests/e2e/world.ts';
import { ratioOf } from '../percentile.ts';
import type { Goal, Measure } from '../section.ts';
import type { BenchBrowser } from './bench-browser.ts';
import { withBenchBrowsers } from './bench-browsers.ts';
import { waitForLine } from './filled-world.ts';
import { openByIcon, openByPicker } from './open-call.ts';
import { newestOf, openingFigures, openingTable, type SizeTimes } from './opening-table.ts';
import { searchCall } from './search-call.ts';
import { watchStalls } from './stalls.ts';

const FEW = 500;
const MANY = 20_000;

const PLANS = {
  full: { sizes: [FEW, 5_000, MANY], rounds: 5, searches: 5 },
  quick: { sizes: [FEW, MANY], rounds: 3, searches: 1 },
} as const;

/** Shown between two turns, so that none pays for taking away what the last one showed. */
const SHORTEST_CALL = 'shortest';
const CALM_MS = 300;

const OPENING_AT_MOST = 1.5;
/** Three turns on a busy machine scatter by a third. */
const QUICK_ROOM = 1.35;

export const measureOpening: Measure = async (mode) => {
  const { sizes, rounds, searches } = PLANS[mode];
  const times = sizes.map((lines): SizeTimes => ({ lines, icon: [], picker: [], search: [] }));
  // One browser for each, in which a call of that length is the newest.
  await withBenchBrowsers(sizes.length, async (benches) => {
    await Promise.all(benches.map((bench, at) => fillCalls(bench, sizes.slice(0, at + 1))));
    for (let round = 0; round < rounds; round += 1) {
      for (const [at, bench] of benches.entries()) await iconTurn(bench, times[at]);
    }
    const last = benches.at(-1);
    if (last !== undefined) await pickerTurns(last, times, { rounds, searches });
  });
  const room = mode === 'quick' ? QUICK_ROOM : 1;
  const [few, many] = [times[0], times.at(-1)];
  if (few === undefined || many === undefined) throw new Error('nothing was measured');
  const growths = {
    icon: ratioOf(many.icon.map(newestOf), few.icon.map(newestOf)),
    picker: ratioOf(many.picker.map(newestOf), few.picker.map(newestOf)),
  };
  return {
    tables: [openingTable(times)],
    // The picker's is no steady ratio: a short call is there within a frame, and a frame sooner or later is half of it.
    ratios: { 'opening.icon.growth': growths.icon },
    figures: Object.fromEntries(times.flatMap(openingFigures)),
    goals: [
      goalOf('opening by the icon', growths.icon, room),
      goalOf('opening by the picker', growths.picker, room),
    ],
  };
};

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

async function pickerTurns(
  bench: BenchBrowser,
  sizes: readonly SizeTimes[],
  { rounds, searches }: { rounds: number; searches: number },
): Promise<void> {
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
  for (let round = 0; round < searches; round += 1) {
    for (const { lines, search } of sizes) {
      await showCall(sidebar, callOf(lines));
      // Oldest and newest: the whole call is there, whichever comes first.
      for (const line of [0, lines - 1]) {
        await waitForLine({ place: sidebar, host: undefined }, callOf(lines), line);
      }
      search.push(await searchCall(page, sidebar, lines));
    }
  }
}

function goalOf(what: string, value: number, room: number): Goal {
  return {
    what: `${what} at 20,000 lines, beside that at 500: newest line painted`,
    value,
    unit: '×',
    limit: { atMost: OPENING_AT_MOST * room },
  };
}
