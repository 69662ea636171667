/** A call of 20,000 lines on screen, and what of it is in view. */
import type { Frame, Page } from 'puppeteer-core';
import { openReadingWorld, type ReadingWorld } from './reading-world.ts';
import { showCall, WAIT_MS } from './world.ts';

export const LINES = 20_000;
const A_FRAME = 1_000;

/** Resolves when the last line is there. */
export async function openLongCall(): Promise<ReadingWorld> {
  const world = await openReadingWorld();
  for (let from = 0; from < LINES; from += A_FRAME) {
    world.say(...Array.from({ length: A_FRAME }, (_, at) => said(from + at)));
  }
  await showCall(world.sidebar, 'long');
  await world.sidebar.waitForFunction(
    (count) => document.querySelectorAll('[data-line]').length === count,
    { timeout: 90_000, polling: 200 },
    LINES,
  );
  return world;
}

export function said(number: number) {
  const leg = (Math.floor(number / 4) % 2) as 0 | 1;
  const needle = number % 1_000 === 7 ? ' the needle' : '';
  return { callid: 'long', leg, text: `line ${number} of a very long call${needle}` };
}

/** Until the newest of the lines that were said at first, and all before it, are in the list. */
export async function waitForAll(page: Page): Promise<void> {
  await page.waitForFunction(
    (count) => {
      const lines = [...document.querySelectorAll<HTMLElement>('[data-line]')];
      return lines.length >= count && lines.every(({ dataset }, at) => dataset['index'] === String(at));
    },
    { timeout: 90_000, polling: 200 },
    LINES,
  );
}

/** Until so many groups of chunks are one box each. */
export async function waitForSettled(place: Page | Frame, groups: number): Promise<void> {
  await place.waitForFunction(
    (wanted) => document.querySelectorAll('[data-settled]').length >= wanted,
    { timeout: WAIT_MS, polling: 50 },
    groups,
  );
}

export function scrollToLine(place: Page | Frame, index: number): Promise<void> {
  return place.$eval(`[data-line="long:${index}"]`, (line) => line.scrollIntoView({ block: 'center' }));
}

export function isInView(place: Page | Frame, index: number): Promise<boolean> {
  return place.evaluate((id) => {
    const line = document.querySelector(`[data-line="${id}"]`);
    const area = line?.closest('[data-transcript]')?.getBoundingClientRect();
    const box = line?.getBoundingClientRect();
    return area !== undefined && box !== undefined && box.bottom > area.top && box.top < area.bottom;
  }, `long:${index}`);
}
