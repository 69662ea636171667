/** The toggle in Chromium, where a click's permission holds as long as the tab stays on the site. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hasOverlay } from '../../demo/launcher/driven-browser.ts';
import { openWorld, WAIT_MS, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

test('is per tab, and survives a reload and a walk through the site', async () => {
  const { page } = await world.openConnected();
  const other = await world.browser.newPage(world.pageUrl);
  await page.bringToFront();
  await page.reload();
  await world.browser.sidebarFrame(page);
  await page.goto(`${world.pageUrl}another`);
  await world.browser.sidebarFrame(page);
  expect(await hasOverlay(other)).toBe(false);

  await world.browser.clickIcon(page);
  await page.waitForFunction(() => document.querySelector('earshot-sidebar') === null, {
    timeout: WAIT_MS,
  });
  await page.reload();
  await sleep(500);
  expect(await hasOverlay(page)).toBe(false);
  await page.close();
  await other.close();
});
