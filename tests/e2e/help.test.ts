/** Help opens where something is wrong: in the sidebar, and in the settings. */
import type { Browser, Frame, Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { setRelay } from '../../demo/launcher/agent-walk.ts';
import { sidebarFrame } from '../../demo/launcher/extension-browser.ts';
import { findFirefox, openFirefox } from '../../demo/launcher/firefox-browser.ts';
import { helpTopics } from '../../utils/help/topics.ts';
import { type BrowserName, browserNames, FIREFOX_EXTENSION } from './reading-world.ts';
import { type ScriptedRelay, startScriptedRelay } from './scripted-relay.ts';
import { openBrowser, startPage, WAIT_MS } from './world.ts';

const wait = { timeout: WAIT_MS, polling: 50 };

type HelpBrowser = {
  browser: Browser;
  url(page: string): string;
  newPage(url: string): Promise<Page>;
  clickIcon(page: Page): Promise<void>;
  sidebarFrame(page: Page): Promise<Frame>;
  close(): Promise<void>;
};

async function open(name: BrowserName): Promise<HelpBrowser> {
  if (name === 'chromium') return { ...(await openBrowser()), sidebarFrame };
  return openFirefox({
    executablePath: findFirefox(process.env),
    extensionPath: FIREFOX_EXTENSION,
    headless: true,
  });
}

/** Firefox tells no address of an extension's page to whoever drives it: the pages are asked. */
async function waitForHelp({ browser }: HelpBrowser, topic: string): Promise<Page> {
  const untilMs = Date.now() + WAIT_MS;
  while (Date.now() < untilMs) {
    for (const page of await browser.pages()) {
      const href = await page.evaluate(() => location.href).catch(() => '');
      if (href.endsWith(`/help.html#${topic}`)) return page;
    }
    await new Promise((later) => setTimeout(later, 50));
  }
  throw new Error(`No page of help on ${topic} was opened.`);
}

/** The title of the one page that is shown, once it is. */
async function shownTitle(page: Page, topic: string): Promise<string> {
  const shown = await page.waitForSelector(`article[data-topic="${topic}"]:not([hidden]) h1`, wait);
  expect(await page.$$eval('article:not([hidden])', (articles) => articles.length)).toBe(1);
  return (await shown?.evaluate(({ textContent }) => textContent)) ?? '';
}

describe.each(browserNames)('%s', (name) => {
  let opened: HelpBrowser;
  let relay: ScriptedRelay;
  let site: Awaited<ReturnType<typeof startPage>>;
  beforeAll(async () => {
    relay = await startScriptedRelay({ epoch: 'e1' });
    site = await startPage();
    opened = await open(name);
  });
  afterAll(async () => {
    await opened.close();
    await relay.stop();
    await site.stop();
  });

  test('a problem in the sidebar leads to its page', async () => {
    await (await setRelay(opened, relay.url, 'token')).close();
    const page = await opened.newPage(site.url);
    await opened.clickIcon(page);
    const sidebar = await opened.sidebarFrame(page);
    await sidebar.waitForSelector('.app[data-connection="connected"]', wait);
    relay.close(4403);
    const button = await sidebar.waitForSelector('.banner [data-help="forbidden"]', wait);
    await button?.evaluate((element) => (element as HTMLElement).click());
    const help = await waitForHelp(opened, 'forbidden');
    expect(await shownTitle(help, 'forbidden')).toBe('The relay does not let you listen');
    await help.close();
    await page.close();
  });

  test('a link leads to another page, and so does what the browser finds in a page not shown', async () => {
    const help = await opened.newPage(opened.url('help.html#forbidden'));
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
    const help = await opened.newPage(opened.url('help.html#nothing-of-the-kind'));
    expect(await shownTitle(help, 'guide')).toBe('For agents');
    const titles = await help.$$eval('article', (articles) =>
      articles.map((article) => article.querySelector('h1')?.textContent ?? ''),
    );
    expect(titles.length).toBe(helpTopics.length);
    expect(titles.filter((title) => title === '')).toEqual([]);
    await help.close();
  });
});

test('a keyword that is wrong in the settings leads to its page', async () => {
  const opened = await open('chromium');
  try {
    const settings = await opened.newPage(opened.url('options.html#keywords'));
    await settings.bringToFront();
    await settings.locator('#add-keyword').click();
    await settings.locator('.query').fill('"not closed');
    await settings.locator('[data-problem="phrase-not-closed"] [data-help="keywords"]').click();
    expect(await shownTitle(await waitForHelp(opened, 'keywords'), 'keywords')).toBe('Keywords and searches');
  } finally {
    await opened.close();
  }
});
