/** What the sidebar's menu offers of the browser's own models. */
import type { Page } from 'puppeteer-core';
import { WAIT_MS } from './world.ts';

export const MENU = '.header button[aria-haspopup="menu"]';

/** Opens the menu, and gives the entries that name a model once the whole of it is there. */
export async function offeredMachines(page: Page): Promise<string[]> {
  await page.click(MENU);
  await page.waitForSelector('[data-export="plain"]', { timeout: WAIT_MS });
  const labels = await page.$$eval('.menu .item', (items) => items.map(({ textContent }) => textContent));
  return labels.filter((label) => /browser/i.test(label));
}
