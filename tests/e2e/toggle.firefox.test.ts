/** The toggle in Firefox, where a click's permission ends with the page in which it was made. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hasOverlay } from '../../demo/launcher/driven-browser.ts';
import { openWorld, WAIT_MS, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

test('after a reload and on another page of the site one click has it back; turned off, it stays off', async () => {
  const { page } = await world.openConnected();
  await page.reload();
  await sleep(500);
  expect(await hasOverlay(page)).toBe(false);
  await world.browser.clickIcon(page);
  await world.browser.sidebarFrame(page);

  await page.goto(`${world.pageUrl}another`);
  await sleep(500);
  expect(await hasOverlay(page)).toBe(false);
  await world.browser.clickIcon(page);
  await world.browser.sidebarFrame(page);

  await world.browser.clickIcon(page);
  await page.waitForFunction(() => document.querySelector('earshot-sidebar') === null, { timeout: WAIT_MS });
  await page.reload();
  await sleep(500);
  expect(await hasOverlay(page)).toBe(false);
  await page.close();
});
