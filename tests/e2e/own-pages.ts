/** The extension's own pages that stand in tabs and windows: by what they say of themselves, as Firefox's driver tells no address. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Frame, Page } from 'puppeteer-core';
import type { DrivenBrowser } from '../../demo/launcher/driven-browser.ts';

const WITHIN_MS = 30_000;
const ANSWERS_WITHIN_MS = 1_000;

/** Those whose address begins with this; `page` as for `browser.url`. */
export async function ownPages({ browser, url }: DrivenBrowser, page: string): Promise<Page[]> {
  const pages = await browser.pages();
  const addresses = await Promise.all(pages.map(addressOf));
  return pages.filter((_, at) => addresses[at]?.startsWith(url(page)) === true);
}

/** The first of them, as soon as there is one. */
export async function waitForOwnPage(browser: DrivenBrowser, page: string): Promise<Page> {
  const untilMs = Date.now() + WITHIN_MS;
  while (Date.now() < untilMs) {
    const [found] = await ownPages(browser, page);
    if (found !== undefined) return found;
    await sleep(50);
  }
  throw new Error(`Waiting for ${page} was in vain: it never opened.`);
}

/** Empty where the page is just going. */
export async function addressOf(page: Page | Frame): Promise<string> {
  const ask = async () => page.evaluate(() => location.href);
  return Promise.race([ask().catch(() => ''), sleep(ANSWERS_WITHIN_MS, '')]);
}
