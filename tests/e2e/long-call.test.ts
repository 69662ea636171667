/** A call of 20,000 lines: read, searched, selected and copied as a short one, and nothing shifts meanwhile. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Frame, Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { waitForLines } from '../../demo/launcher/agent-walk.ts';
import { openReadingWorld, type ReadingWorld } from './reading-world.ts';
import { showCall, WAIT_MS } from './world.ts';

const LINES = 20_000;
const A_FRAME = 1_000;

/** https://wicg.github.io/layout-instability/, which TypeScript does not know yet. */
type LayoutShift = { value: number; sources: { node?: Node }[] };

let world: ReadingWorld;
let sidebar: Frame;
beforeAll(async () => {
  world = await openReadingWorld('chromium');
  sidebar = world.sidebar;
  for (let from = 0; from < LINES; from += A_FRAME) {
    world.say(...Array.from({ length: A_FRAME }, (_, at) => said(from + at)));
  }
  await showCall(sidebar, 'long');
  await sidebar.waitForFunction(
    (count) => document.querySelectorAll('[data-line]').length === count,
    { timeout: 90_000, polling: 200 },
    LINES,
  );
});
afterAll(() => world.close());

function said(number: number) {
  const leg = (Math.floor(number / 4) % 2) as 0 | 1;
  const needle = number % 1_000 === 7 ? ' the needle' : '';
  return { callid: 'long', leg, text: `line ${number} of a very long call${needle}` };
}

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
    const { shifts, observer } = globalThis as unknown as { shifts: number[]; observer: PerformanceObserver };
    observer.disconnect();
    return shifts.reduce((sum, value) => sum + value, 0);
  });
}

function count(): Promise<string> {
  return sidebar.$eval('[data-search-count]', ({ textContent }) => textContent);
}

function scrollTo(index: number): Promise<void> {
  return sidebar.$eval(`[data-line="long:${index}"]`, (line) => line.scrollIntoView({ block: 'center' }));
}

async function isInView(index: number): Promise<boolean> {
  return sidebar.$eval(`[data-line="long:${index}"]`, (line) => {
    const area = line.closest('[data-transcript]')?.getBoundingClientRect();
    const box = line.getBoundingClientRect();
    return area !== undefined && box.bottom > area.top && box.top < area.bottom;
  });
}

/** What the browser's own find-in-page looks through: the line in which it finds some words. */
function findInPage(words: string): Promise<string | undefined> {
  return sidebar.evaluate((wanted) => {
    getSelection()?.removeAllRanges();
    const find = Reflect.get(globalThis, 'find') as (text: string) => boolean;
    find.call(globalThis, wanted);
    const line = getSelection()?.anchorNode?.parentElement?.closest<HTMLElement>('[data-line]');
    getSelection()?.removeAllRanges();
    return line?.dataset['line'];
  }, words);
}

/** Until so many groups of chunks are one box each. */
async function waitForSettled(place: Page | Frame, groups: number): Promise<void> {
  await place.waitForFunction(
    (wanted) => document.querySelectorAll('[data-settled]').length >= wanted,
    { timeout: WAIT_MS, polling: 50 },
    groups,
  );
}

async function topLine(): Promise<[string, number]> {
  return sidebar.$eval('[data-transcript]', (area) => {
    const { left, top } = area.getBoundingClientRect();
    for (let y = top + 4; y < top + 80; y += 6) {
      const line = document.elementFromPoint(left + 100, y)?.closest<HTMLElement>('[data-line]');
      if (line)
        return [line.dataset['line'] ?? '', Math.round(line.getBoundingClientRect().top)] as [string, number];
    }
    return ['', 0] as [string, number];
  });
}

describe('20,000 lines', () => {
  test('only what is in view is laid out, and all of it is there for find-in-page', async () => {
    const skipped = await sidebar.$$eval(
      '.chunk',
      (chunks) =>
        chunks.filter(
          ({ firstElementChild }) => !firstElementChild?.checkVisibility({ contentVisibilityAuto: true }),
        ).length,
    );
    expect(skipped).toBeGreaterThan(LINES / 50 - 40);
    expect(await findInPage('line 4321 of a very')).toBe('long:4321');
  });

  test('to ask which line is in view lays out none that is not', async () => {
    await waitForSettled(sidebar, LINES / 400 - 5);
    const asked = await sidebar.evaluate(async () => {
      const places: string[] = [];
      const { getBoundingClientRect } = Element.prototype;
      Element.prototype.getBoundingClientRect = function () {
        const group = this.parentElement?.closest('[data-settled]');
        if (group && !this.checkVisibility({ contentVisibilityAuto: true })) places.push(this.className);
        return getBoundingClientRect.call(this);
      };
      document.querySelector<HTMLElement>('[data-search-open]')?.click();
      await new Promise((later) => setTimeout(later, 500));
      Element.prototype.getBoundingClientRect = getBoundingClientRect;
      return { places: places.length, isOpen: document.querySelector('.search input') !== null };
    });
    expect(asked).toEqual({ places: 0, isOpen: true });
    await world.page.keyboard.press('Escape');
  });

  test('what the browser looks at as one box is found by its find-in-page all the same', async () => {
    await waitForSettled(sidebar, LINES / 400 - 5);
    expect(await findInPage('line 1234 of a very')).toBe('long:1234');
  });

  test('scrolling reaches any line, and new lines shift nothing that is read', async () => {
    await scrollTo(10_000);
    await sleep(300);
    expect(await isInView(10_000)).toBe(true);
    const before = await topLine();
    expect(before[0]).not.toBe('');
    const shift = await shiftsDuring(async () => {
      for (let at = 0; at < 50; at += 1) {
        world.say({ callid: 'long', leg: 0, text: `interim ${at}`, final: false });
        world.say({ ...said(LINES + at), leg: 0 });
        await sleep(10);
      }
    });
    expect(shift).toBe(0);
    const after = await topLine();
    expect(after[0]).toBe(before[0]);
    // A scroll position is a whole number of pixels, a chunk's height is not.
    expect(Math.abs(after[1] - before[1])).toBeLessThanOrEqual(1);
  });

  test('scrolling up through lines that were never painted shifts nothing either', async () => {
    const shift = await shiftsDuring(async () => {
      const box = await (await sidebar.$('[data-transcript]'))?.boundingBox();
      await world.page.mouse.move((box?.x ?? 0) + 100, (box?.y ?? 0) + 200);
      for (let step = 0; step < 60; step += 1) {
        await world.page.mouse.wheel({ deltaY: -240 });
        await sleep(30);
      }
      expect(await isInView(10_000)).toBe(false);
    });
    expect(shift).toBe(0);
  });

  test('a search finds its matches over the whole call, and goes to the first and the last', async () => {
    await sidebar.click('[data-search-open]');
    await sidebar.waitForSelector('.search input:focus', { timeout: WAIT_MS });
    await world.page.keyboard.type('NEEDLE');
    await sidebar.waitForFunction(
      () => / of 21$/.test(document.querySelector('[data-search-count]')?.textContent ?? ''),
      { timeout: WAIT_MS, polling: 50 },
    );
    for (let step = 0; step < 21 && (await count()) !== '21 of 21'; step += 1) {
      const before = await count();
      await world.page.keyboard.press('Enter');
      await sidebar.waitForFunction(
        (old) => document.querySelector('[data-search-count]')?.textContent !== old,
        { timeout: WAIT_MS, polling: 20 },
        before,
      );
    }
    expect(await count()).toBe('21 of 21');
    await sleep(200);
    expect(await isInView(20_007)).toBe(true);
    await world.page.keyboard.press('Enter');
    await sleep(200);
    expect(await isInView(7)).toBe(true);
    await world.page.keyboard.press('Escape');
  });

  test('a selection from the first line to the last copies every line', async () => {
    await scrollTo(0);
    await sleep(200);
    const first = await sidebar.$('[data-line="long:0"]');
    const box = await first?.boundingBox();
    if (box === undefined || box === null) throw new Error('The first line is not in view.');
    const mouse = world.page.mouse;
    await mouse.move(box.x + 2, box.y + 4);
    await mouse.down();
    await mouse.move(box.x + 40, box.y + 4);
    await mouse.up();
    await scrollTo(LINES - 1);
    await sleep(300);
    const last = await (await sidebar.$(`[data-line="long:${LINES - 1}"]`))?.boundingBox();
    if (last === undefined || last === null) throw new Error('The last line is not in view.');
    await world.page.keyboard.down('Shift');
    await mouse.click(last.x + last.width - 4, last.y + last.height - 4);
    await world.page.keyboard.up('Shift');
    await world.page.keyboard.down('Control');
    await world.page.keyboard.press('KeyC', { commands: ['Copy'] });
    await world.page.keyboard.up('Control');
    await world.page.click('textarea');
    await world.page.keyboard.down('Control');
    await world.page.keyboard.press('KeyV', { commands: ['Paste'] });
    await world.page.keyboard.up('Control');
    const pasted = await world.page.$eval('textarea', ({ value }) => value);
    const numbers = [...pasted.matchAll(/ine (\d+) of a very long call/g)].map((match) => Number(match[1]));
    expect(numbers).toEqual(Array.from({ length: LINES }, (_, at) => at));
  });
});

describe('opened anew, with 20,000 lines said', () => {
  let page: Page;
  beforeAll(async () => {
    page = await world.openOwn('manifest.json');
    await page.evaluateOnNewDocument(watchOpening);
  });
  afterAll(() => page.close());

  /** Remembers how many lines were there when the first were, and what shifted since. */
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

  async function open(): Promise<void> {
    await page.goto(page.url().replace(/[^/]*$/, 'sidebar.html?surface=window'));
    await page.waitForSelector('[data-line]', { timeout: WAIT_MS });
  }

  function waitForAll(): Promise<unknown> {
    return page.waitForFunction(
      () => {
        const lines = [...document.querySelectorAll<HTMLElement>('[data-line]')];
        return lines.length >= 20_000 && lines.every(({ dataset }, at) => dataset['index'] === String(at));
      },
      { timeout: 90_000, polling: 200 },
    );
  }

  test('it shows a few of the newest lines first, then all others, and nothing shifts', async () => {
    await open();
    await waitForAll();
    const { first, shift, fromEnd } = await page.evaluate(() => {
      const area = document.querySelector('[data-transcript]');
      const fromEnd = area === null ? -1 : area.scrollHeight - area.clientHeight - area.scrollTop;
      const { opening } = globalThis as unknown as { opening: { first: number; shift: number } };
      return { ...opening, fromEnd };
    });
    expect(first).toBeLessThanOrEqual(200);
    expect(shift).toBe(0);
    expect(Math.abs(fromEnd)).toBeLessThan(12);
  });

  test('it is read, walked through and selected while the others come', async () => {
    await open();
    await page.focus('[data-transcript]');
    await page.keyboard.press('ArrowUp');
    for (let step = 0; step < 12; step += 1) await page.keyboard.press('PageUp');
    const walked = await page.evaluate(() =>
      Number((document.activeElement as HTMLElement).dataset['index']),
    );
    expect(walked % 10).toBe(9);
    await page.keyboard.down('Shift');
    await page.keyboard.press('Home');
    await page.keyboard.up('Shift');
    const isSame = await page.evaluate(() => {
      const selected = getSelection()?.toString() ?? '';
      const line = document.activeElement?.textContent ?? 'none';
      return selected.includes(line);
    });
    expect(isSame).toBe(true);
    await waitForAll();
  });

  test('it is searched while the others come', async () => {
    await open();
    await page.keyboard.press('/');
    await page.waitForSelector('.search input:focus', { timeout: WAIT_MS });
    await page.keyboard.type('line 10007 of');
    const isInView = () =>
      page.evaluate(() => {
        const area = document.querySelector('[data-transcript]')?.getBoundingClientRect();
        const box = document.querySelector('[data-line="long:10007"]')?.getBoundingClientRect();
        return area !== undefined && box !== undefined && box.bottom > area.top && box.top < area.bottom;
      });
    for (const untilMs = Date.now() + WAIT_MS; !(await isInView()) && Date.now() < untilMs; await sleep(50)) {
      await page.keyboard.press('Enter');
    }
    expect(await isInView()).toBe(true);
    await page.keyboard.press('Escape');
    await waitForAll();
  });
});

test('a screen reader is given every line, also those that are not laid out', async () => {
  const count = 1_000;
  const reader = await openReadingWorld('chromium', { screenReader: true });
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
