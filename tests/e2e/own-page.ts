/** The extension's own pages, which Firefox tells little of to whoever drives it: they are asked themselves. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'puppeteer-core';
import type { DrivenBrowser } from '../../demo/launcher/driven-browser.ts';
import { WAIT_MS } from './world.ts';

/** The one that the extension opened by itself; `page` as for `browser.url`. */
export async function waitForOwnPage({ browser, url }: DrivenBrowser, page: string): Promise<Page> {
  const untilMs = Date.now() + WAIT_MS;
  while (Date.now() < untilMs) {
    for (const known of await browser.pages()) {
      // A page that is just moving to the extension's process answers nothing: it is asked again.
      const href = known.evaluate(() => location.href).catch(() => '');
      if ((await Promise.race([href, sleep(1_000, '')])) === url(page)) return known;
    }
    await sleep(50);
  }
  throw new Error(`Waiting for ${page} was in vain: it never opened.`);
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
