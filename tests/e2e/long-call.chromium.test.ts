/** What only Chromium tells of a call of 20,000 lines: what comes first, what shifts, what a screen reader is given. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Frame } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { waitForLines } from '../../demo/launcher/agent-walk.ts';
import {
  isInView,
  LINES,
  openLongCall,
  said,
  scrollToLine,
  waitForAll,
  waitForSettled,
} from './long-call.ts';
import { openReadingWorld, type ReadingWorld } from './reading-world.ts';
import { openChromium } from './tested-browser.ts';
import { showCall, WAIT_MS } from './world.ts';

/** https://wicg.github.io/layout-instability/, which TypeScript does not know yet. */
type LayoutShift = { value: number; sources: { node?: Node }[] };

describe('20,000 lines', () => {
  let world: ReadingWorld;
  let sidebar: Frame;
  beforeAll(async () => {
    world = await openLongCall();
    sidebar = world.sidebar;
  });
  afterAll(() => world.close());

  /** The layout shifts in the transcript while something is done, but those caused by the reader's key or click. */
  async function shiftsDuring(work: () => Promise<void>): Promise<number> {
    await sidebar.evaluate(() => {
      const shifts: number[] = [];
      const observer = new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) {
          if ('hadRecentInput' in entry && entry.hadRecentInput === true) continue;
          const { sources, value } = entry as unknown as LayoutShift;
          const isInside = sources.some(({ node }) => node?.parentElement?.closest('[data-transcript]'));
          if (isInside) shifts.push(value);
        }
      });
      observer.observe({ type: 'layout-shift' });
      Object.assign(globalThis, { shifts, observer });
    });
    await work();
    await sleep(300);
    return sidebar.evaluate(() => {
      const { shifts, observer } = globalThis as unknown as {
        shifts: number[];
        observer: PerformanceObserver;
      };
      observer.disconnect();
      return shifts.reduce((sum, value) => sum + value, 0);
    });
  }

  test('new lines shift nothing that is read', async () => {
    await scrollToLine(sidebar, 10_000);
    await sleep(300);
    expect(await isInView(sidebar, 10_000)).toBe(true);
    const shift = await shiftsDuring(async () => {
      for (let at = 0; at < 50; at += 1) {
        world.say({ callid: 'long', leg: 0, text: `interim ${at}`, final: false });
        world.say({ ...said(LINES + at), leg: 0 });
        await sleep(10);
      }
    });
    expect(shift).toBe(0);
  });

  test('scrolling up through lines that were never painted shifts nothing either', async () => {
    const shift = await shiftsDuring(async () => {
      const box = await (await sidebar.$('[data-transcript]'))?.boundingBox();
      await world.page.mouse.move((box?.x ?? 0) + 100, (box?.y ?? 0) + 200);
      for (let step = 0; step < 60; step += 1) {
        await world.page.mouse.wheel({ deltaY: -240 });
        await sleep(30);
      }
      expect(await isInView(sidebar, 10_000)).toBe(false);
    });
    expect(shift).toBe(0);
  });

  test('opened anew, it shows a few of the newest lines first, then all others, and nothing shifts', async () => {
    const page = await world.openOwn('manifest.json');
    await page.evaluateOnNewDocument(watchOpening);
    await page.goto(page.url().replace(/[^/]*$/, 'sidebar.html?surface=window'));
    await waitForAll(page);
    const { first, shift, fromEnd } = await page.evaluate(() => {
      const area = document.querySelector('[data-transcript]');
      const fromEnd = area === null ? -1 : area.scrollHeight - area.clientHeight - area.scrollTop;
      const { opening } = globalThis as unknown as { opening: { first: number; shift: number } };
      return { ...opening, fromEnd };
    });
    expect(first).toBeGreaterThan(0);
    expect(first).toBeLessThanOrEqual(200);
    expect(shift).toBe(0);
    expect(Math.abs(fromEnd)).toBeLessThan(12);
    await page.close();
  });
});

/**
 * Remembers how many lines were there when the first were, and what shifted since. Firefox's driver runs nothing in the
 * extension's own pages before they do.
 */
function watchOpening(): void {
  const opening = { first: 0, shift: 0 };
  Object.assign(globalThis, { opening });
  const look = () => {
    opening.first = document.querySelectorAll('[data-line]').length;
    if (opening.first === 0) requestAnimationFrame(look);
  };
  look();
  const observer = new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      const { sources, value } = entry as unknown as LayoutShift;
      const isInside = sources.some(({ node }) => node?.parentElement?.closest('[data-transcript]'));
      if (isInside) opening.shift += value;
    }
  });
  observer.observe({ type: 'layout-shift' });
}

test('a screen reader is given every line, also those that are not laid out', async () => {
  const count = 1_000;
  const reader = await openReadingWorld(() => openChromium({ screenReader: true }));
  reader.say(...Array.from({ length: count }, (_, at) => said(at)));
  await showCall(reader.sidebar, 'long');
  await waitForLines(reader.sidebar, count);
  await reader.page.close();
  // On a surface of its own, since the driver sees no accessibility tree in a frame of another process.
  const page = await reader.openSurface('window');
  await page.waitForFunction(
    (wanted) => document.querySelectorAll('[data-line]').length === wanted,
    { timeout: WAIT_MS, polling: 50 },
    count,
  );
  await waitForSettled(page, 1);
  const tree = JSON.stringify(await page.accessibility.snapshot({ interestingOnly: false }));
  const told = new Set([...tree.matchAll(/line (\d+) of a very long call/g)].map((match) => match[1]));
  expect(told.size).toBe(count);
  await reader.close();
});
