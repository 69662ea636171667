/** How long calls are kept: the settings' time, also while nobody looks, and until somebody says "now". */
import type { Frame, Page } from 'puppeteer-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { waitForConnection } from '../../demo/launcher/agent-walk.ts';
import type { DrivenBrowser } from '../../demo/launcher/driven-browser.ts';
import { sessionKeys, storeSettings } from './relay-settings.ts';
import { reloadWithSidebar } from './reloaded-sidebar.ts';
import { type ScriptedRelay, startScriptedRelay } from './scripted-relay.ts';
import { openBrowser } from './tested-browser.ts';
import { showCall, startPage, WAIT_MS, waitForWords } from './world.ts';

const KEEP_MINUTES = 15;

let browser: DrivenBrowser;
let relay: ScriptedRelay;
let site: Awaited<ReturnType<typeof startPage>>;

beforeAll(async () => {
  relay = await startScriptedRelay({ epoch: 'kept' });
  site = await startPage();
  browser = await openBrowser();
  await storeSettings(browser, {
    relays: [{ id: 'only', address: relay.url }],
    keepMinutes: KEEP_MINUTES,
  });
});
afterAll(async () => {
  await browser.close();
  await Promise.all([relay.stop(), site.stop()]);
});

let seq = 0;
/** Said so long ago that it is kept for `leftMs` more. */
function say(callid: string, text: string, leftMs: number): void {
  seq += 1;
  const at = Date.now() - KEEP_MINUTES * 60_000 + leftMs;
  relay.say({ type: 'events', events: [{ seq, at, data: { callid, text, final: true } }] });
}

async function open(): Promise<{ tab: Page; sidebar: Frame }> {
  const tab = await browser.newPage(site.url);
  await browser.clickIcon(tab);
  const sidebar = await browser.sidebarFrame(tab);
  await waitForConnection(sidebar);
  return { tab, sidebar };
}

async function waitUntilGone(sidebar: Frame, text: string): Promise<void> {
  await sidebar.waitForFunction(
    (gone) => !document.body.textContent.includes(gone),
    { timeout: WAIT_MS, polling: 50 },
    text,
  );
}

async function keptKeys(): Promise<string[]> {
  return (await sessionKeys(browser)).filter((key) => / (call|note) /.test(key));
}

async function waitForKeys(isSo: (keys: string[]) => boolean): Promise<void> {
  const untilMs = Date.now() + WAIT_MS;
  for (;;) {
    const keys = await keptKeys();
    if (isSo(keys)) return;
    if (Date.now() > untilMs) throw new Error(`The storage still holds ${keys.join(', ')}.`);
    await new Promise((later) => setTimeout(later, 200));
  }
}

test('a call goes when its time has passed, from the screen and the storage, with its note', async () => {
  const { tab, sidebar } = await open();
  say('older', 'the older call', 8_000);
  await showCall(sidebar, 'older');
  await waitForWords(sidebar, 'the older call');
  await sidebar.type('[data-note] textarea', 'A word about it.');
  await waitForKeys((keys) => keys.some((key) => key.includes(' note ')));
  say('newer', 'the newer call', 600_000);
  await tab.bringToFront();
  await waitUntilGone(sidebar, 'the older call');
  await waitForKeys((keys) => keys.length > 0 && keys.every((key) => key.includes('newer')));
  await tab.close();
});

test('it goes while no sidebar is open, and even where the background has died meanwhile', async () => {
  const { tab, sidebar } = await open();
  say('unseen', 'nobody looks', 10_000);
  await showCall(sidebar, 'unseen');
  await waitForWords(sidebar, 'nobody looks');
  await waitForKeys((keys) => keys.some((key) => key.includes('unseen')));
  await tab.close();
  await browser.endBackground();
  await waitForKeys((keys) => !keys.some((key) => key.includes('unseen')));
});

test('everything goes at once when somebody says so, in every sidebar, and does not come again', async () => {
  const one = await open();
  const other = await open();
  say('secret', 'a secret word', 600_000);
  await one.tab.bringToFront();
  await showCall(one.sidebar, 'secret');
  await waitForWords(one.sidebar, 'a secret word');
  await other.tab.bringToFront();
  await showCall(other.sidebar, 'secret');
  await waitForWords(other.sidebar, 'a secret word');
  const settings = await browser.newPage(browser.url('options.html'));
  await settings.waitForSelector('.nav', { timeout: WAIT_MS });
  await settings.evaluate(async () => {
    const port = chrome.runtime.connect({ name: 'options' });
    const answered = new Promise<void>((resolve) => {
      port.onMessage.addListener((message: { type: string }) => {
        if (message.type === 'forgotten') resolve();
      });
    });
    port.postMessage({ type: 'forget' });
    await answered;
  });
  expect(await keptKeys()).toEqual([]);
  for (const { tab, sidebar } of [one, other]) {
    await tab.bringToFront();
    await waitUntilGone(sidebar, 'a secret word');
  }
  const again = await reloadWithSidebar(browser, one.tab);
  await waitForConnection(again);
  expect(await again.$$('[data-line]')).toHaveLength(0);
});
