/** A call of 20,000 lines: read, searched, selected and copied as a short one. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Frame, Page } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  isInView,
  LINES,
  openLongCall,
  said,
  scrollToLine,
  waitForAll,
  waitForSettled,
} from './long-call.ts';
import type { ReadingWorld } from './reading-world.ts';
import { WAIT_MS } from './world.ts';

let world: ReadingWorld;
let sidebar: Frame;
beforeAll(async () => {
  world = await openLongCall();
  sidebar = world.sidebar;
});
afterAll(() => world.close());

function count(): Promise<string> {
  return sidebar.$eval('[data-search-count]', ({ textContent }) => textContent);
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
    await waitForSettled(sidebar, LINES / 400 - 10);
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
    await waitForSettled(sidebar, LINES / 400 - 10);
    expect(await findInPage('line 1234 of a very')).toBe('long:1234');
  });

  test('scrolling reaches any line, and new lines move nothing that is read', async () => {
    await scrollToLine(sidebar, 10_000);
    await sleep(300);
    expect(await isInView(sidebar, 10_000)).toBe(true);
    const before = await topLine();
    expect(before[0]).not.toBe('');
    for (let at = 0; at < 50; at += 1) {
      world.say({ callid: 'long', leg: 0, text: `interim ${at}`, final: false });
      world.say({ ...said(LINES + at), leg: 0 });
      await sleep(10);
    }
    await sidebar.waitForSelector(`[data-line="long:${LINES + 49}"][data-final="true"]`, {
      timeout: WAIT_MS,
    });
    const after = await topLine();
    expect(after[0]).toBe(before[0]);
    // A scroll position is a whole number of pixels, a chunk's height is not.
    expect(Math.abs(after[1] - before[1])).toBeLessThanOrEqual(1);
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
    expect(await isInView(sidebar, 20_007)).toBe(true);
    await world.page.keyboard.press('Enter');
    await sleep(200);
    expect(await isInView(sidebar, 7)).toBe(true);
    await world.page.keyboard.press('Escape');
  });

  test('a selection from the first line to the last copies every line', async () => {
    await scrollToLine(sidebar, 0);
    await sleep(200);
    const first = await sidebar.$('[data-line="long:0"]');
    const box = await first?.boundingBox();
    if (box === undefined || box === null) throw new Error('The first line is not in view.');
    const mouse = world.page.mouse;
    await mouse.move(box.x + 2, box.y + 4);
    await mouse.down();
    await mouse.move(box.x + 40, box.y + 4);
    await mouse.up();
    await scrollToLine(sidebar, LINES - 1);
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
  beforeEach(async () => {
    page = await world.openSurface('window');
    await page.waitForSelector('[data-line]', { timeout: WAIT_MS });
  });
  afterEach(() => page.close());

  test('it is read, walked through and selected while the others come', async () => {
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
    await waitForAll(page);
  });

  test('it is searched while the others come', async () => {
    await page.keyboard.press('/');
    await page.waitForSelector('.search input:focus', { timeout: WAIT_MS });
    await page.keyboard.type('line 10007 of');
    await expect
      .poll(
        async () => {
          await page.keyboard.press('Enter');
          return isInView(page, 10_007);
        },
        { timeout: WAIT_MS },
      )
      .toBe(true);
    await page.keyboard.press('Escape');
    await waitForAll(page);
  });
});
