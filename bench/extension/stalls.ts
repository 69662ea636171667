/** What a reader feels as a halt or a jump: tasks over 50 ms, and lines that shift. */
import type { Frame, Page } from 'puppeteer-core';

export type Stalls = {
  longTasksMs: readonly number[];
  /** How often something in the transcript shifted, but by a key or a click. */
  shifts: number;
};

/** A task is long from here on: https://w3c.github.io/longtasks/ */
export const LONG_TASK_MS = 50;

/** https://wicg.github.io/layout-instability/, which TypeScript does not know yet. */
type LayoutShift = { hadRecentInput: boolean; sources: { node?: Node }[] };

/** From now on. */
export async function watchStalls(place: Page | Frame): Promise<void> {
  await place.evaluate(() => {
    const stalls = { longTasksMs: [] as number[], shifts: 0 };
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) stalls.longTasksMs.push(duration);
    }).observe({ type: 'longtask' });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        const { hadRecentInput, sources } = entry as unknown as LayoutShift;
        const inside = sources.filter(({ node }) => node?.parentElement?.closest('[data-transcript]'));
        if (!hadRecentInput) stalls.shifts += inside.length;
      }
    }).observe({ type: 'layout-shift' });
    Object.assign(globalThis, { benchStalls: stalls });
  });
}

/** What was seen since the last time. */
export function takeStalls(place: Page | Frame): Promise<Stalls> {
  return place.evaluate(() => {
    const { benchStalls } = globalThis as unknown as {
      benchStalls: { longTasksMs: number[]; shifts: number };
    };
    const { shifts } = benchStalls;
    benchStalls.shifts = 0;
    return { longTasksMs: benchStalls.longTasksMs.splice(0), shifts };
  });
}

export function longestOf(longTasksMs: readonly number[]): number {
  return Math.max(0, ...longTasksMs);
}

/** In a table. */
export function longestWords(longTasksMs: readonly number[]): string {
  return longTasksMs.length === 0 ? `< ${LONG_TASK_MS}` : longestOf(longTasksMs).toFixed(0);
}
