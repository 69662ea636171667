/** What a CRM page pays for Earshot, and what Earshot holds in memory beside it. */
import { joinSections } from '../report.ts';
import type { Measure } from '../section.ts';
import { openBenchBrowser } from './bench-browser.ts';
import { clickSection } from './click-section.ts';
import { LONG_CALLS, measureHour } from './hour.ts';
import { hourSection } from './hour-section.ts';
import { type Injection, measureInjection } from './injection.ts';
import { measureTurns } from './page-turns.ts';
import { turnsSection } from './turns-section.ts';

const EFFORT = {
  full: { injections: 9, hour: { halfMs: 15_000, idleMs: 15_000, readCalls: LONG_CALLS } },
  quick: { injections: 3, hour: { halfMs: 2_000, idleMs: 2_000, readCalls: 1 } },
};

export const measurePage: Measure = async (mode) => {
  const { injections, hour } = EFFORT[mode];
  const world = await openBenchBrowser();
  try {
    const lived = await measureHour(world, hour);
    const clicks: Injection[] = [];
    const turns = await measureTurns(world, async () => {
      for (let round = 0; round < injections; round += 1) clicks.push(await measureInjection(world));
    });
    const sections = [turnsSection(turns), clickSection(clicks, mode), hourSection(lived, mode)];
    return { tables: sections.flatMap(({ tables }) => tables), ...joinSections(sections) };
  } finally {
    await world.close();
  }
};
