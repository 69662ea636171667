/** Another extension, whatever it may do on web pages, gets no word of a call from ours. */
import type { Frame, Page } from 'puppeteer-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ExtensionBrowser } from '../../demo/launcher/extension-browser.ts';
import {
  callAt,
  type HostileExtension,
  makeHostileExtension,
  readTab,
  takeFiles,
} from './hostile-extension.ts';
import { openChromium } from './tested-browser.ts';
import { openWorldIn, type World, waitForWords } from './world.ts';

const SECRET = 'zanzibarquartz';

let world: World<ExtensionBrowser>;
let hostile: HostileExtension;
let theirs: Page;
let ours: { page: Page; sidebar: Frame };
/** The address of the sidebar's page in this session, as an extension that looks into a page finds it. */
let sessionAddress: string;

beforeAll(async () => {
  world = await openWorldIn(openChromium);
  hostile = makeHostileExtension();
  const id = await world.browser.browser.installExtension(hostile.path);
  ours = await world.openConnected();
  theirs = await world.browser.newPage(`chrome-extension://${id}/page.html`);
  sessionAddress = await ours.sidebar.evaluate(() => chrome.runtime.getURL('/sidebar.html'));
  await ours.page.bringToFront();
  say(SECRET);
  await waitForWords(ours.sidebar, SECRET);
});
afterAll(async () => {
  await world.close();
  hostile.remove();
});

function say(text: string): void {
  world.simulator.sendRaw(JSON.stringify({ callid: 'callofsecrets', leg: 0, text, final: true }));
}

test('its messages and ports are answered by nobody', async () => {
  const allowed = await ours.sidebar.evaluate(() => chrome.runtime.getManifest().externally_connectable);
  expect(allowed).toEqual({ ids: [] });
  expect(await theirs.evaluate(callAt, world.browser.extension.id)).toEqual([]);
  say('said after all that');
  await waitForWords(ours.sidebar, 'said after all that');
});

test('our pages show it no call, under their own address or that of the session', async () => {
  await theirs.bringToFront();
  const own = (page: string) => world.browser.url(page);
  const session = ['', '?surface=window', '?surface=panel'].map((query) => `${sessionAddress}${query}`);
  const gained = await theirs.evaluate(takeFiles, [
    ...session,
    own('sidebar.html'),
    own('options.html'),
    own('manifest.json'),
  ]);
  expect(gained.join('\n')).not.toContain(SECRET);
  say(`${SECRET} again`);
  await ours.page.bringToFront();
  await waitForWords(ours.sidebar, `${SECRET} again`);
  await theirs.bringToFront();
  for (const frame of theirs.frames().slice(1)) {
    const shown = await frame.evaluate(() => document.documentElement.innerText).catch(String);
    expect(shown).not.toContain(SECRET);
  }
});

test('its script beside ours opens our closed root, and finds a frame that it cannot read', async () => {
  const gained = await theirs.evaluate(readTab, world.pageUrl);
  expect(gained.join('\n')).toContain('<iframe');
  expect(gained.join('\n')).toContain('nothing inside');
  expect(gained.join('\n')).not.toContain(SECRET);
});

test('nothing that was said is on the disk, where another program could look', async () => {
  const kept = await ours.sidebar.evaluate(async () => JSON.stringify(await chrome.storage.local.get()));
  expect(kept).not.toMatch(/zanzibarquartz|callofsecrets/);
  const passing = await ours.sidebar.evaluate(async () => JSON.stringify(await chrome.storage.session.get()));
  expect(passing).toContain(SECRET);
});
