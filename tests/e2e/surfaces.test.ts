/** From the page to a window and back, in two clicks each, going on at the same place; and the overlay's own edge. */
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasOverlay } from '../../demo/launcher/driven-browser.ts';
import { ownPages, waitForOwnPage } from './own-page.ts';
import { type Elsewhere, goThereAndBack, moveTo, putNoteFrom, say, waitUntilOff } from './surface-moves.ts';
import { openWorld, showCall, WAIT_MS, type World, waitForWords } from './world.ts';

const WINDOW = 'sidebar.html?surface=window';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const aWindow: Elsewhere = {
  name: 'window',
  async find() {
    const page = await waitForOwnPage(world.browser, WINDOW);
    await page.waitForSelector('.app[data-connection="connected"]', { timeout: WAIT_MS });
    return page;
  },
  isOpen: async () => (await ownPages(world.browser, WINDOW)).length > 0,
};

describe('to the window and back', () => {
  test('the call, the place and the search go along', () => goThereAndBack(world, aWindow));
});

describe('a window beside a page', () => {
  test('puts a note into the editor there, and leaves nothing behind', () => putNoteFrom(world, aWindow));
});

describe('a surface without a tab', () => {
  test('keeps the connection while no tab has the sidebar', async () => {
    const { page, sidebar } = await world.openConnected();
    await moveTo(sidebar, 'window');
    const other = await aWindow.find();
    await page.close();
    say(world, 'lonely', 'said while only the window is open');
    await showCall(other.mainFrame(), 'lonely');
    await waitForWords(other.mainFrame(), 'only the window is open');
    await other.close();
  });

  test('is asked for a second time: the one there is comes to the front', async () => {
    const first = await world.openConnected();
    await moveTo(first.sidebar, 'window');
    const other = await aWindow.find();
    const second = await world.openConnected();
    await moveTo(second.sidebar, 'window');
    await waitUntilOff(second.page);
    expect(await ownPages(world.browser, WINDOW)).toHaveLength(1);
    expect(await hasOverlay(first.page)).toBe(false);
    await other.close();
    await first.page.close();
    await second.page.close();
  });
});

describe('the edge', () => {
  test('is dragged, and the width is kept for the next tab', async () => {
    const { page, sidebar } = await world.openConnected();
    const widthOf = (tab: Page) =>
      tab.$eval('earshot-sidebar', (host) => Math.round(host.getBoundingClientRect().width));
    const from = await widthOf(page);
    const left = 1280 - from;
    await page.mouse.move(left + 3, 400);
    await page.mouse.down();
    // In small steps: the driver aims each move anew, where a real mouse stays with the edge that it holds.
    for (let step = 1; step <= 15; step += 1) {
      let y = 400;
      const drag = async () => {
        y += 1;
        await page.mouse.move(left + 3 - step * 2, y);
        return widthOf(page);
      };
      await expect.poll(drag, { timeout: WAIT_MS }).toBe(from + step * 2);
    }
    await page.mouse.up();
    expect(await sidebar.evaluate(() => innerWidth)).toBe(from + 30);
    const next = await world.openConnected();
    expect(await widthOf(next.page)).toBe(from + 30);
    await page.close();
    await next.page.close();
  });
});
