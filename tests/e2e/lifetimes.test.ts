/** What dies in between: the worker, the page, the extension itself; and what the agent sees of it. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Frame } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { waitForConnection, waitForLines } from '../../demo/launcher/agent-walk.ts';
import { hasOverlay } from '../../demo/launcher/driven-browser.ts';
import { sidebarFrame } from '../../demo/launcher/extension-browser.ts';
import { openWorld, showCall, shownLines, WAIT_MS, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

async function killWorker(): Promise<void> {
  for (const worker of await world.browser.extension.workers()) await worker.close();
}

function say(callid: string, text: string): void {
  world.simulator.sendRaw(JSON.stringify({ callid, leg: 0, text, final: true }));
}

async function texts(sidebar: Frame, callId: string): Promise<string[]> {
  await showCall(sidebar, callId);
  return (await shownLines(sidebar)).map(({ text }) => text);
}

describe('the worker', () => {
  test('killed again and again while lines arrive: every line is there once, in order', async () => {
    const { page, sidebar } = await world.openConnected();
    for (let number = 1; number <= 60; number += 1) {
      say('killed', `line ${number}`);
      await sleep(20);
      if (number % 12 === 0) await killWorker();
    }
    await waitForConnection(sidebar);
    await showCall(sidebar, 'killed');
    await waitForLines(sidebar, 60);
    await sleep(500);
    expect(await texts(sidebar, 'killed')).toEqual(Array.from({ length: 60 }, (_, at) => `line ${at + 1}`));
    expect(await sidebar.$('[data-gap]')).toBeNull();
    await page.close();
  });

  test('killed while the sidebar shows a call: what is read stays on screen', async () => {
    const { page, sidebar } = await world.openConnected();
    say('kept', 'a line that is being read');
    await showCall(sidebar, 'kept');
    await sleep(500);
    await killWorker();
    for (let look = 0; look < 20; look += 1) {
      expect(await sidebar.$eval('[data-transcript]', (area) => area.textContent)).toContain(
        'a line that is being read',
      );
      await sleep(50);
    }
    await page.close();
  });
});

describe('the page', () => {
  test('that rests in the browser’s cache and comes back goes on where it was', async () => {
    const { page, sidebar } = await world.openConnected();
    say('cached', 'before');
    await showCall(sidebar, 'cached');
    await page.goto(`${world.pageUrl}elsewhere`);
    say('cached', 'meanwhile');
    await page.goBack();
    const back = await sidebarFrame(page);
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
