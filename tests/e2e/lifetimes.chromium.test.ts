/**
 * The page or the extension itself dies in between, and what the agent sees of it. In Firefox the driver loses a page
 * that rests in the browser's cache, and there an extension's scripts stop dead with it.
 */
import type { Frame } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { waitForConnection, waitForLines } from '../../demo/launcher/agent-walk.ts';
import { hasOverlay } from '../../demo/launcher/driven-browser.ts';
import type { ExtensionBrowser } from '../../demo/launcher/extension-browser.ts';
import { openChromium } from './tested-browser.ts';
import { openWorldIn, showCall, shownTexts, WAIT_MS, type World } from './world.ts';

let world: World<ExtensionBrowser>;
beforeAll(async () => {
  world = await openWorldIn(openChromium);
});
afterAll(() => world.close());

function say(callid: string, text: string): void {
  world.simulator.sendRaw(JSON.stringify({ callid, leg: 0, text, final: true }));
}

async function texts(sidebar: Frame, callId: string): Promise<string[]> {
  await showCall(sidebar, callId);
  return shownTexts(sidebar);
}

describe('the page', () => {
  test('that rests in the browser’s cache and comes back goes on where it was', async () => {
    const { page, sidebar } = await world.openConnected();
    say('cached', 'before');
    await showCall(sidebar, 'cached');
    await page.goto(`${world.pageUrl}elsewhere`);
    say('cached', 'meanwhile');
    await page.goBack();
    const back = await world.browser.sidebarFrame(page);
    await waitForConnection(back);
    say('cached', 'after');
    await showCall(back, 'cached');
    await waitForLines(back, 3);
    expect(await texts(back, 'cached')).toEqual(['before', 'meanwhile', 'after']);
    await page.close();
  });
});

describe('the extension', () => {
  test('updated under a page: the old overlay takes itself away and says so', async () => {
    const { page } = await world.openConnected();
    const [worker] = await world.browser.extension.workers();
    await worker?.evaluate(() => chrome.runtime.reload()).catch(() => {});
    await page.waitForFunction(() => document.querySelector('earshot-notice') !== null, { timeout: WAIT_MS });
    expect(await hasOverlay(page)).toBe(false);
    expect(await page.evaluate(() => document.documentElement.getAttribute('style'))).toBeNull();
    await page.close();
  });
});
