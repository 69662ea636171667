/** Sites where the sidebar opens by itself: asked for, used, taken away, given back. */
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hasOverlay } from '../../demo/launcher/driven-browser.ts';
import { openSitesWorld, type SitesWorld } from './sites-world.ts';
import { WAIT_MS } from './world.ts';

const POLL = { timeout: WAIT_MS, interval: 100 };
/** By then a script that is to come has come. */
const QUIET_MS = 1_500;

let world: SitesWorld;

beforeAll(async () => {
  world = await openSitesWorld();
});
afterAll(() => world.close());

function row(origin = world.site): string {
  return `[data-site="${origin}"]`;
}

async function type(address: string): Promise<void> {
  await world.settings.bringToFront();
  await world.settings.locator('#site-address').fill(address);
  await world.settings.locator('#add-site').click();
}

async function add(origin = world.site): Promise<void> {
  await world.willAllow(origin);
  await type(`${origin}/tickets/1042`);
  await world.settings.waitForSelector(`${row(origin)} [data-state="on"]`, { timeout: WAIT_MS });
  await expect.poll(world.registered, POLL).not.toEqual([]);
}

async function remove(origin = world.site): Promise<void> {
  await world.settings.bringToFront();
  await world.settings.locator(`${row(origin)} .site .plain`).click();
  await expect.poll(world.granted, POLL).toEqual([]);
}

/** As if they came with a file. */
async function setSites(origins: readonly string[]): Promise<void> {
  await world.settings.evaluate(async (wanted) => {
    const { settings } = await api.storage.local.get<{ settings: object }>('settings');
    const sites = wanted.map((origin) => ({ origin, relay: '' }));
    await api.storage.local.set({ settings: { ...settings, version: 2, sites } });
  }, origins);
}

/** Such as the one that is opened at install: what is to be seen on the settings page shows in ours. */
async function closeOtherSettings(): Promise<void> {
  await world.settings.evaluate(async () => {
    const [own, all] = await Promise.all([
      api.tabs.getCurrent(),
      api.tabs.query({ url: api.runtime.getURL('/options.html*') }),
    ]);
    await api.tabs.remove(all.flatMap(({ id }) => (id === undefined || id === own?.id ? [] : [id])));
  });
}

async function open(origin = world.site): Promise<Page> {
  return world.newPage(`${origin}/tickets/1042`);
}

async function expectOn(page: Page): Promise<void> {
  await world.sidebarFrame(page);
  await expect.poll(() => world.tabState(page), POLL).toMatchObject({ hasScript: true, badge: '!' });
}

async function expectOff(page: Page): Promise<void> {
  await new Promise((later) => setTimeout(later, QUIET_MS));
  expect(await hasOverlay(page)).toBe(false);
  expect(await world.tabState(page)).toEqual({ hasScript: false, badge: '' });
}

test('a site that is added has the sidebar at once, after a reload and in a new tab, without a click', async () => {
  const page = await open();
  await expectOff(page);
  await add();
  await expectOn(page);
  await page.reload();
  await expectOn(page);
  const another = await open();
  await expectOn(another);
  await page.close();
  await another.close();
});

test('a tab of another origin, on the same host, has nothing of ours', async () => {
  const page = await open(world.otherSite);
  await expectOff(page);
  await page.close();
});

test('a tab that leaves for another site says nothing there, and has it again when it comes back', async () => {
  const page = await open();
  await expectOn(page);
  await page.goto(world.otherSite);
  await expectOff(page);
  await page.goto(`${world.site}/tickets/7`);
  await expectOn(page);
  await page.close();
});

test('it opens after the death of the background', async () => {
  await world.endBackground();
  const page = await open();
  await expectOn(page);
  await page.close();
});

test('turned off in one tab it stays off there, and a click turns it on again', async () => {
  const page = await open();
  await expectOn(page);
  await world.clickIcon(page);
  await expectOff(page);
  await page.reload();
  await expectOff(page);
  await world.endBackground();
  await page.reload();
  await expectOff(page);
  const another = await open();
  await expectOn(another);
  await another.close();
  await world.clickIcon(page);
  await expectOn(page);
  await page.reload();
  await expectOn(page);
  await page.close();
});

test('taken away in the browser itself, nothing runs and the list says so; given back, it opens again', async () => {
  const page = await open();
  await expectOn(page);
  await world.revoke(world.site);
  await expect.poll(world.registered, POLL).toEqual([]);
  await world.settings.waitForSelector(`${row()} [data-state="waiting"]`, { timeout: WAIT_MS });
  await page.reload();
  await expectOff(page);
  await world.settings.bringToFront();
  await world.giveBack(world.settings, world.site);
  await world.settings.waitForSelector(`${row()} [data-state="on"]`, { timeout: WAIT_MS });
  await expectOn(page);
  await page.close();
});

test('removed from the list, it keeps no permission; what is open stays until the page is left', async () => {
  const page = await open();
  await expectOn(page);
  await remove();
  expect(await world.registered()).toEqual([]);
  expect(await hasOverlay(page)).toBe(true);
  await page.reload();
  await expectOff(page);
  await world.settings.bringToFront();
  await world.willAllow(world.site);
  await world.settings.locator(`${row()} .removed .plain`).click();
  await expectOn(page);
  await remove();
  await page.close();
});

test.each([
  ['', 'empty'],
  ['our crm', 'not-an-address'],
  ['chrome://settings', 'browser-page'],
  ['https://addons.mozilla.org/firefox/', 'extension-store'],
  ['file:///home/alice/crm.html', 'file'],
])('what cannot be a site is said to be none: %j', async (typed, refusal) => {
  await type(typed);
  await world.settings.waitForSelector(`[data-refusal="${refusal}"]`, { timeout: WAIT_MS });
  expect(await world.granted()).toEqual([]);
});

test('the switch in the sidebar’s menu turns it on and off for the site of its page', async () => {
  await setSites([]);
  await expect.poll(world.granted, POLL).toEqual([]);
  await closeOtherSettings();
  const page = await open();
  await world.clickIcon(page);
  const sidebar = await world.sidebarFrame(page);
  const menu = 'button.icon[aria-haspopup="menu"]';
  const siteSwitch = '[role="menuitemcheckbox"]::-p-text(Always on)';
  await world.willAllow(world.site);
  await sidebar.locator(menu).click();
  await sidebar.locator(siteSwitch).click();
  await world.confirmSwitch(world.settings, world.site);
  await world.settings.waitForSelector(`${row()} [data-state="on"]`, { timeout: WAIT_MS });
  await page.reload();
  await expectOn(page);
  const again = await world.sidebarFrame(page);
  await again.locator(menu).click();
  await again.locator('[role="menuitemcheckbox"][aria-checked="true"]::-p-text(Always on)').click();
  await expect.poll(world.granted, POLL).toEqual([]);
  expect(await hasOverlay(page)).toBe(true);
  await page.close();
});

test('sites that came with a file or a policy are allowed with one click', async () => {
  const sites = [world.site, world.otherSite];
  await setSites(sites);
  await world.settings.bringToFront();
  await world.settings.waitForSelector('#allow-sites', { timeout: WAIT_MS });
  await world.willAllow(...sites);
  await world.settings.locator('#allow-sites').click();
  for (const origin of sites) {
    await world.settings.waitForSelector(`${row(origin)} [data-state="on"]`, { timeout: WAIT_MS });
    const page = await open(origin);
    await expectOn(page);
    await page.close();
  }
});

/** The browser's own object in the settings page. */
declare const api: typeof chrome;
