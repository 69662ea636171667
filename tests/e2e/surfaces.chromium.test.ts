/** From the page to Chromium's side panel and back, in two clicks each, going on at the same place. */
import type { Target } from 'puppeteer-core';
import { afterAll, beforeAll, describe, test } from 'vitest';
import type { ExtensionBrowser } from '../../demo/launcher/extension-browser.ts';
import { type Elsewhere, goThereAndBack, putNoteFrom } from './surface-moves.ts';
import { openChromium } from './tested-browser.ts';
import { openWorldIn, WAIT_MS, type World } from './world.ts';

let world: World<ExtensionBrowser>;
beforeAll(async () => {
  world = await openWorldIn(openChromium);
});
afterAll(() => world.close());

const thePanel: Elsewhere = {
  name: 'panel',
  async find() {
    const target = await world.browser.browser.waitForTarget(isPanel, { timeout: WAIT_MS });
    const page = await target.asPage();
    await page.waitForSelector('.app[data-connection="connected"]', { timeout: WAIT_MS });
    return page;
  },
  isOpen: async () => world.browser.browser.targets().some(isPanel),
};

function isPanel(target: Target): boolean {
  return target.url().endsWith('sidebar.html?surface=panel');
}

describe('to the panel and back', () => {
  test('the call, the place and the search go along', () => goThereAndBack(world, thePanel));
});

describe('a panel beside a page', () => {
  test('puts a note into the editor there, and leaves nothing behind', () => putNoteFrom(world, thePanel));
});
