/** Help opens where something is wrong: in the sidebar, and in the settings. */
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { setRelay } from '../../demo/launcher/agent-walk.ts';
import type { DrivenBrowser } from '../../demo/launcher/driven-browser.ts';
import { helpTopics } from '../../utils/help/topics.ts';
import { waitForOwnPage } from './own-page.ts';
import { type ScriptedRelay, startScriptedRelay } from './scripted-relay.ts';
import { openBrowser } from './tested-browser.ts';
import { startPage, WAIT_MS } from './world.ts';

const wait = { timeout: WAIT_MS, polling: 50 };

/** The title of the one page that is shown, once it is. */
async function shownTitle(page: Page, topic: string): Promise<string> {
  const shown = await page.waitForSelector(`article[data-topic="${topic}"]:not([hidden]) h1`, wait);
  expect(await page.$$eval('article:not([hidden])', (articles) => articles.length)).toBe(1);
  return (await shown?.evaluate(({ textContent }) => textContent)) ?? '';
}

let browser: DrivenBrowser;
let relay: ScriptedRelay;
let site: Awaited<ReturnType<typeof startPage>>;
beforeAll(async () => {
  relay = await startScriptedRelay({ epoch: 'e1' });
  site = await startPage();
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  await relay.stop();
  await site.stop();
});

test('a problem in the sidebar leads to its page', async () => {
  await (await setRelay(browser, relay.url, 'token')).close();
  const page = await browser.newPage(site.url);
  await browser.clickIcon(page);
  const sidebar = await browser.sidebarFrame(page);
  await sidebar.waitForSelector('.app[data-connection="connected"]', wait);
  relay.close(4403);
  const button = await sidebar.waitForSelector('.banner [data-help="forbidden"]', wait);
  await button?.evaluate((element) => (element as HTMLElement).click());
  const help = await waitForOwnPage(browser, 'help.html#forbidden');
  expect(await shownTitle(help, 'forbidden')).toBe('The relay does not let you listen');
  await help.close();
  await page.close();
});

test('a link leads to another page, and so does what the browser finds in a page not shown', async () => {
  const help = await browser.newPage(browser.url('help.html#forbidden'));
  await shownTitle(help, 'forbidden');
  await help.$eval('article:not([hidden]) a[href="#no-events"]', (link) => (link as HTMLElement).click());
  expect(await shownTitle(help, 'no-events')).toBe('Connected, but no lines arrive');
  await help.$eval('article[data-topic="gaps"]', (article) =>
    article.dispatchEvent(new Event('beforematch')),
  );
  await shownTitle(help, 'gaps');
  expect(await help.evaluate(() => location.hash)).toBe('#gaps');
  expect(await help.evaluate(() => document.title)).toContain('A dashed box: lines may be missing');
  await help.close();
});

test('every page is there, and an address that names none shows the guide', async () => {
  const help = await browser.newPage(browser.url('help.html#nothing-of-the-kind'));
  expect(await shownTitle(help, 'guide')).toBe('For agents');
  const titles = await help.$$eval('article', (articles) =>
    articles.map((article) => article.querySelector('h1')?.textContent ?? ''),
  );
  expect(titles.length).toBe(helpTopics.length);
  expect(titles.filter((title) => title === '')).toEqual([]);
  await help.close();
});

/** Puppeteer knows no tab that a link in one of our pages opens in Firefox: the browser itself is asked. */
test('a keyword that is wrong in the settings leads to its page', async () => {
  const settings = await browser.newPage(browser.url('options.html#keywords'));
  await settings.bringToFront();
  await settings.locator('#add-keyword').click();
  await settings.locator('.query').fill('"not closed');
  await settings.locator('[data-problem="phrase-not-closed"] [data-help="keywords"]').click();
  await settings.waitForFunction(
    async (url) => (await chrome.tabs.query({ active: true })).some((tab) => tab.url === url),
    wait,
    browser.url('help.html#keywords'),
  );
  const help = await browser.newPage(browser.url('help.html#keywords'));
  expect(await shownTitle(help, 'keywords')).toBe('Keywords and searches');
});
