/** The extension's own pages, which Firefox tells little of to whoever drives it: they are asked themselves. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Frame, Page } from 'puppeteer-core';
import type { DrivenBrowser } from '../../demo/launcher/driven-browser.ts';
import { WAIT_MS } from './world.ts';

const ANSWERS_WITHIN_MS = 1_000;

/** Those in tabs and windows whose address begins with this; `page` as for `browser.url`. */
export async function ownPages({ browser, url }: DrivenBrowser, page: string): Promise<Page[]> {
  const pages = await browser.pages();
  const addresses = await Promise.all(pages.map(addressOf));
  return pages.filter((_, at) => addresses[at]?.startsWith(url(page)) === true);
}

/** The one that the extension opened by itself, by its whole address. */
export async function waitForOwnPage(browser: DrivenBrowser, page: string): Promise<Page> {
  const untilMs = Date.now() + WAIT_MS;
  while (Date.now() < untilMs) {
    for (const known of await ownPages(browser, page))
      if ((await addressOf(known)) === browser.url(page)) return known;
    await sleep(50);
  }
  throw new Error(`Waiting for ${page} was in vain: it never opened.`);
}

/** Empty where the page is just moving to the extension's process, or going: ask again. */
export async function addressOf(page: Page | Frame): Promise<string> {
  const ask = async () => page.evaluate(() => location.href);
  return Promise.race([ask().catch(() => ''), sleep(ANSWERS_WITHIN_MS, '')]);
}

/** Loads it anew, and waits for a selector in the new one. */
export async function reloadOwnPage(page: Page, selector: string): Promise<void> {
  await page.evaluate(() => {
    document.documentElement.dataset['isOld'] = 'true';
    location.reload();
  });
  await page.waitForSelector(`html:not([data-is-old]) ${selector}`, { timeout: WAIT_MS });
}

/** In the settings, since Firefox lets nobody who drives it say what the system prefers. */
export async function chooseTheme(page: Page, theme: 'light' | 'dark'): Promise<void> {
  await page.evaluate((chosen) => chrome.storage.local.set({ preferences: { theme: chosen } }), theme);
  await page.waitForSelector(`[data-theme="${theme}"]`, { timeout: WAIT_MS });
}
