/** How long after the last key of a search its matches are painted and counted. */
import { setTimeout as wait } from 'node:timers/promises';
import type { Frame, Page } from 'puppeteer-core';
import { benchEvent } from './bench-line.ts';
import { longestOf, takeStalls } from './stalls.ts';

export type SearchTimes = { countedMs: number; longestTaskMs: number };

/** Found in most sentences; with the last key in one. */
const BEGINNING = 'the ';
const LAST_KEY = 'c';
const CALM_MS = 300;
const PATIENCE_MS = 20_000;

/** In a sidebar whose stalls are watched, in a call of so many lines of the bench. */
export async function searchCall(page: Page, sidebar: Frame, lines: number): Promise<SearchTimes> {
  await sidebar.click('[data-search-open]');
  await sidebar.waitForSelector('.search input:focus', { timeout: PATIENCE_MS });
  await page.keyboard.type(BEGINNING);
  await waitForCount(sidebar, countIn(lines, BEGINNING));
  await wait(CALM_MS);
  await takeStalls(sidebar);
  await watchSearch(sidebar);
  await page.keyboard.press(LAST_KEY);
  await waitForCount(sidebar, countIn(lines, BEGINNING + LAST_KEY));
  await wait(CALM_MS);
  const countedMs = await sidebar.evaluate(() => Reflect.get(globalThis, 'benchCountedMs') as number);
  const { longTasksMs } = await takeStalls(sidebar);
  await page.keyboard.press('Escape');
  return { countedMs, longestTaskMs: longestOf(longTasksMs) };
}

/** How often lines `0` to `lines` say it; a final blank counts only before a word. */
function countIn(lines: number, text: string): number {
  return Array.from(
    { length: lines },
    (_, n) => benchEvent('', n).text.split(text.trimEnd()).length - 1,
  ).reduce((sum, count) => sum + count, 0);
}

/** Frame by frame, until both the count and the painted ranges are others than now. */
async function watchSearch(sidebar: Frame): Promise<void> {
  await sidebar.evaluate(() => {
    const count = () => document.querySelector('[data-search-count]')?.textContent;
    const painted = () => CSS.highlights.get('search')?.size;
    const before = { count: count(), painted: painted() };
    const channel = new MessageChannel();
    document.addEventListener(
      'keydown',
      ({ timeStamp }) => {
        channel.port1.onmessage = () => {
          if (count() === before.count || painted() === before.painted) requestAnimationFrame(look);
          else Object.assign(globalThis, { benchCountedMs: performance.now() - timeStamp });
        };
        // What is posted in a frame is the first task after it.
        const look = () => channel.port2.postMessage(undefined);
        requestAnimationFrame(look);
      },
      { capture: true, once: true },
    );
  });
}

async function waitForCount(sidebar: Frame, count: number): Promise<void> {
  await sidebar.waitForFunction(
    (wanted) => {
      const said = document.querySelector('[data-search-count]')?.textContent ?? '';
      return said.replaceAll(/[^\d ]/g, '').endsWith(` ${wanted}`);
    },
    { timeout: PATIENCE_MS, polling: 50 },
    count,
  );
}
