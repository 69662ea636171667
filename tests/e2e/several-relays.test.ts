/** Several relays: which one a tab shows, what an agent chooses there, and what is connected for it. */
import type { Frame, Page } from 'puppeteer-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { waitForConnection } from '../../demo/launcher/agent-walk.ts';
import type { DrivenBrowser } from '../../demo/launcher/driven-browser.ts';
import { storeSettings } from './relay-settings.ts';
import { reloadWithSidebar } from './reloaded-sidebar.ts';
import { type ScriptedRelay, startScriptedRelay } from './scripted-relay.ts';
import { openBrowser } from './tested-browser.ts';
import { startPage, WAIT_MS, waitForWords } from './world.ts';

let browser: DrivenBrowser;
let sales: ScriptedRelay;
let support: ScriptedRelay;
let page: Awaited<ReturnType<typeof startPage>>;
let site: Awaited<ReturnType<typeof startPage>>;
/** A page of the extension's own that asks nothing of the background. */
let own: Page;

beforeAll(async () => {
  sales = await startScriptedRelay({ epoch: 'sales' });
  support = await startScriptedRelay({ epoch: 'support' });
  page = await startPage();
  site = await startPage();
  browser = await openBrowser();
  own = await browser.newPage(browser.url('help.html'));
  await own.waitForSelector('article', { timeout: WAIT_MS });
});
afterAll(async () => {
  await browser.close();
  await Promise.all([sales.stop(), support.stop(), page.stop(), site.stop()]);
});
beforeEach(async () => {
  for (const open of await browser.browser.pages()) if (open.url().startsWith('http')) await open.close();
  await storeSettings(browser, {
    relays: [
      { id: 'sales', name: 'Sales', address: sales.url },
      { id: 'support', address: support.url },
    ],
    defaultRelay: 'sales',
    sites: [{ origin: new URL(site.url).origin, relay: 'support' }],
  });
});

let seq = 0;
function say(relay: ScriptedRelay, text: string): void {
  seq += 1;
  const data = { callid: 'the-call', text, final: true };
  relay.say({ type: 'events', events: [{ seq, at: Date.now(), data }] });
}

async function open(url: string): Promise<{ tab: Page; sidebar: Frame }> {
  const tab = await browser.newPage(url);
  await browser.clickIcon(tab);
  const sidebar = await browser.sidebarFrame(tab);
  await waitForConnection(sidebar);
  return { tab, sidebar };
}

async function choose(sidebar: Frame, relayId: string): Promise<void> {
  await sidebar.locator('.tools [aria-haspopup="menu"]').click();
  await sidebar.locator(`[data-relay-option="${relayId}"]`).click();
}

async function until(what: string, isSo: () => boolean | Promise<boolean>): Promise<void> {
  const untilMs = Date.now() + WAIT_MS;
  while (!(await isSo())) {
    if (Date.now() > untilMs) throw new Error(`It never came to this: ${what}.`);
    await new Promise((later) => setTimeout(later, 50));
  }
}

const relayState = (sidebar: Frame) => sidebar.$eval('[data-state="relay"]', (state) => state.textContent);
const words = (sidebar: Frame) => sidebar.$eval('body', (body) => body.textContent);

describe('a tab', () => {
  test('shows the default relay, by its name, and connects to no other', async () => {
    const { sidebar } = await open(page.url);
    say(sales, 'said in sales');
    await waitForWords(sidebar, 'said in sales');
    expect(await relayState(sidebar)).toContain('Sales');
    expect([sales.connections(), support.connections()]).toEqual([1, 0]);
  });

  test('shows the relay of its site', async () => {
    const { sidebar } = await open(site.url);
    say(support, 'said in support');
    await waitForWords(sidebar, 'said in support');
    expect(await relayState(sidebar)).toContain(new URL(support.url).host);
    await until('only the site’s relay is connected', () => sales.connections() === 0);
  });

  test('shows the one that is chosen there, also after a reload; other tabs stay with theirs', async () => {
    const first = await open(page.url);
    const second = await open(page.url);
    await first.tab.bringToFront();
    await choose(first.sidebar, 'support');
    await until('the chosen relay is connected', () => support.connections() === 1);
    await waitForConnection(first.sidebar);
    say(support, 'one for the chosen');
    say(sales, 'one for the others');
    await waitForWords(first.sidebar, 'one for the chosen');
    await second.tab.bringToFront();
    await waitForWords(second.sidebar, 'one for the others');
    expect(await words(first.sidebar)).not.toContain('one for the others');
    expect(await words(second.sidebar)).not.toContain('one for the chosen');

    const again = await reloadWithSidebar(browser, first.tab);
    await waitForWords(again, 'one for the chosen');
    await second.tab.close();
    await until('nobody needs the default relay', () => sales.connections() === 0);
  });

  test('has its own relay’s state on its icon', async () => {
    const first = await open(page.url);
    const second = await open(site.url);
    support.say({ type: 'upstream', state: 'down', since: Date.now() });
    await until('each icon says how its relay is', async () => {
      const badges = [await badgeOf(first.tab), await badgeOf(second.tab)];
      return badges.join() === 'on,!';
    });
    support.say({ type: 'upstream', state: 'up', since: Date.now() });
  });
});

test('a relay that is removed while it is shown gives way to the default', async () => {
  const { sidebar } = await open(site.url);
  await storeSettings(browser, { relays: [{ id: 'sales', name: 'Sales', address: sales.url }] });
  await until('the default is connected', () => sales.connections() === 1 && support.connections() === 0);
  await waitForConnection(sidebar);
  say(sales, 'here instead');
  await waitForWords(sidebar, 'here instead');
  // There is nothing to choose any more.
  expect(await relayState(sidebar)).not.toContain('Sales');
  await sidebar.locator('.tools [aria-haspopup="menu"]').click();
  expect(await sidebar.$('[data-relay-option]')).toBeNull();
});

/** The text of the icon's badge in a tab. */
async function badgeOf(tab: Page): Promise<string> {
  await tab.bringToFront();
  return own.evaluate(async () => {
    const [front] = await chrome.tabs.query({ active: true, currentWindow: true });
    return chrome.action.getBadgeText({ tabId: front?.id });
  });
}
