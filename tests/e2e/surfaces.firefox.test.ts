/** From the page to Firefox's own sidebar, which opens from the icon's context menu alone, and back. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { waitForLines } from '../../demo/launcher/agent-walk.ts';
import type { FirefoxBrowser } from '../../demo/launcher/firefox-browser.ts';
import { say, waitUntilOff } from './surface-moves.ts';
import { openTestedFirefox } from './tested-browser.ts';
import { openWorldIn, showCall, WAIT_MS, type World } from './world.ts';

const POLL = { timeout: WAIT_MS, interval: 100 };

let world: World<FirefoxBrowser>;
beforeAll(async () => {
  world = await openWorldIn(openTestedFirefox);
});
afterAll(() => world.close());

test('the call goes along to the panel, goes on there, and comes back', async () => {
  const { page, sidebar } = await world.openConnected();
  say(world, 'to panel', 'said in the page');
  say(world, 'another', 'a call that nobody reads');
  await showCall(sidebar, 'to panel');
  // The background is told after a while what is read; the menu tells it nothing.
  await sleep(1_000);

  await world.browser.chooseIconMenu(page, 'panel');
  const words = () => world.browser.askPanel('document.body.innerText');
  await expect.poll(words, POLL).toContain('said in the page');
  await waitUntilOff(page);
  say(world, 'to panel', 'said in the panel');
  await expect.poll(words, POLL).toContain('said in the panel');
  expect(await words()).not.toContain('a call that nobody reads');

  await world.browser.askPanel(`document.querySelector('button.icon[aria-haspopup="menu"]').click()`);
  const toPage = `document.querySelector('[data-option="overlay"]')`;
  await expect.poll(() => world.browser.askPanel(`${toPage} !== null`), POLL).toBe('true');
  await world.browser.askPanel(`${toPage}.click()`);
  const again = await world.browser.sidebarFrame(page);
  await waitForLines(again, 2);
  expect(await again.$eval('[data-line]', (line) => line.getAttribute('data-call'))).toBe('to panel');
  await expect.poll(words, POLL).toBe('');
  await page.close();
});
