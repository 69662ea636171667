/** From the page to the side panel, to a window and back, in two clicks each, going on at the same place. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Frame, Page, WebWorker } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { waitForLines } from '../../demo/launcher/agent-walk.ts';
import { hasOverlay } from '../../demo/launcher/driven-browser.ts';
import { sidebarFrame } from '../../demo/launcher/extension-browser.ts';
import { openWorld, showCall, WAIT_MS, type World, waitForWords } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const LINES = 150;

function say(callid: string, ...texts: string[]): void {
  world.simulator.sendRaw(JSON.stringify(texts.map((text, at) => ({ callid, leg: at % 2, text }))));
}

/** Two clicks: the menu, and where to. */
async function moveTo(sidebar: Frame | Page, surface: 'overlay' | 'panel' | 'window'): Promise<void> {
  await sidebar.click('button.icon[aria-haspopup="menu"]');
  await sidebar.waitForSelector(`[data-option="${surface}"]`, { timeout: WAIT_MS });
  await sidebar.click(`[data-option="${surface}"]`);
}

async function surfacePage(surface: 'panel' | 'window'): Promise<Page> {
  const target = await world.browser.browser.waitForTarget(
    (candidate) => candidate.url().endsWith(`sidebar.html?surface=${surface}`),
    { timeout: WAIT_MS },
  );
  const page = await target.asPage();
  await page.waitForSelector('.app[data-connection="connected"]', { timeout: WAIT_MS });
  return page;
}

/** The first line in view, as far as it can be told. */
async function topLine(sidebar: Frame | Page): Promise<string | undefined> {
  return sidebar.evaluate(() => {
    const top = document.querySelector('[data-transcript]')?.getBoundingClientRect().top ?? 0;
    const lines = [...document.querySelectorAll<HTMLElement>('[data-line]')];
    return lines.find((line) => line.getBoundingClientRect().bottom > top + 1)?.dataset['line'];
  });
}

async function waitForTopLine(sidebar: Frame | Page, wanted: string | undefined): Promise<void> {
  for (let look = 0; look < 200 && (await topLine(sidebar)) !== wanted; look += 1) await sleep(50);
  expect(await topLine(sidebar)).toBe(wanted);
}

describe.each(['window', 'panel'] as const)('to the %s and back', (surface) => {
  test('the call, the place and the search go along', async () => {
    const { page, sidebar } = await world.openConnected();
    const callId = `to ${surface}`;
    say(
      callId,
      ...Array.from({ length: LINES }, (_, at) => `line ${at} about the ${at % 50 === 3 ? 'card' : 'house'}`),
    );
    say('another', 'a call that nobody reads');
    await showCall(sidebar, callId);
    await waitForLines(sidebar, LINES);
    await sidebar.click('[data-search-open]');
    await sidebar.waitForSelector('.search input:focus', { timeout: WAIT_MS });
    await page.keyboard.type('card');
    await waitForWords(sidebar, ' of 3');
    await sidebar.$eval(`[data-line="${callId}:20"]`, (line) => line.scrollIntoView({ block: 'start' }));
    await sleep(100);
    const top = await topLine(sidebar);
    expect(top).toBe(`${callId}:20`);

    await moveTo(sidebar, surface);
    const elsewhere = await surfacePage(surface);
    await elsewhere.waitForFunction(
      (count) => document.querySelectorAll('[data-line]').length >= count,
      {
        timeout: WAIT_MS,
        polling: 50,
      },
      LINES,
    );
    expect(await elsewhere.$eval('[data-line]', (line) => line.getAttribute('data-call'))).toBe(callId);
    await waitForTopLine(elsewhere, top);
    expect(await elsewhere.$eval('.search input', (input) => (input as HTMLInputElement).value)).toBe('card');
    await page.waitForFunction(() => document.querySelector('earshot-sidebar') === null, {
      timeout: WAIT_MS,
    });

    say(callId, 'a line that comes to the other surface');
    await elsewhere.waitForFunction(() => document.body.textContent.includes('comes to the other surface'), {
      timeout: WAIT_MS,
      polling: 50,
    });

    await moveTo(elsewhere, 'overlay');
    const again = await sidebarFrame(page);
    await waitForLines(again, LINES + 1);
    await waitForTopLine(again, top);
    expect(await again.$eval('.search input', (input) => (input as HTMLInputElement).value)).toBe('card');
    for (let look = 0; look < 100 && !elsewhere.isClosed(); look += 1) await sleep(50);
    expect(elsewhere.isClosed()).toBe(true);
    await page.close();
  });
});

describe.each(['window', 'panel'] as const)('a %s beside a page', (surface) => {
  test('puts a note into the editor there, and leaves nothing behind', async () => {
    const { page, sidebar } = await world.openConnected();
    const callId = `note in ${surface}`;
    say(callId, 'hello');
    await showCall(sidebar, callId);
    await page.evaluate(() => {
      document.body.insertAdjacentHTML('beforeend', '<textarea aria-label="Reply"></textarea>');
    });
    await moveTo(sidebar, surface);
    const elsewhere = await surfacePage(surface);
    await page.bringToFront();
    await page.click('[aria-label=Reply]');
    await page.keyboard.type('Dear Ann, ');

    await elsewhere.waitForSelector('[data-insert="direct"]', { timeout: WAIT_MS });
    await elsewhere.evaluate(() => document.querySelector<HTMLElement>('[data-note] textarea')?.focus());
    await elsewhere.type('[data-note] textarea', 'the card is blocked');
    expect(await elsewhere.$eval('[data-insert]', (button) => button.textContent)).toContain('Reply');
    await elsewhere.$eval('[data-insert]', (button) => (button as HTMLElement).click());
    await page.waitForFunction(
      () =>
        document
          .querySelector<HTMLTextAreaElement>('[aria-label=Reply]')
          ?.value.includes('the card is blocked') === true,
      { timeout: WAIT_MS, polling: 50 },
    );
    expect(await page.$eval('[aria-label=Reply]', (editor) => (editor as HTMLTextAreaElement).value)).toMatch(
      /^Dear Ann, /,
    );
    expect(await hasOverlay(page)).toBe(false);

    await elsewhere.close();
    const [worker] = await world.browser.extension.workers();
    for (let look = 0; look < 100 && (await listens(worker, page)); look += 1) await sleep(50);
    expect(await listens(worker, page)).toBe(false);
    await page.close();
  });
});

/** Whether a script of ours answers in the page in front. */
async function listens(worker: WebWorker | undefined, page: Page): Promise<boolean> {
  await page.bringToFront();
  return (
    (await worker?.evaluate(async () => {
      const [tab] = await chrome.tabs.query({ active: true, windowType: 'normal' });
      const probe = chrome.tabs.sendMessage(tab?.id ?? -1, { type: 'overlay:probe' });
      return probe.then(Boolean, () => false);
    })) === true
  );
}

describe('a surface without a tab', () => {
  test('keeps the connection while no tab has the sidebar', async () => {
    const { page, sidebar } = await world.openConnected();
    await moveTo(sidebar, 'window');
    const other = await surfacePage('window');
    await page.close();
    say('lonely', 'said while only the window is open');
    await showCall(other.mainFrame(), 'lonely');
    await waitForWords(other.mainFrame(), 'only the window is open');
    await other.close();
  });

  test('is asked for a second time: the one there is comes to the front', async () => {
    const first = await world.openConnected();
    await moveTo(first.sidebar, 'window');
    const other = await surfacePage('window');
    const second = await world.openConnected();
    await moveTo(second.sidebar, 'window');
    await second.page.waitForFunction(() => document.querySelector('earshot-sidebar') === null, {
      timeout: WAIT_MS,
    });
    const windows = world.browser.browser
      .targets()
      .filter((target) => target.url().endsWith('surface=window'));
    expect(windows).toHaveLength(1);
    expect(await hasOverlay(first.page)).toBe(false);
    await other.close();
    await first.page.close();
    await second.page.close();
  });
});

describe('the edge', () => {
  test('is dragged, and the width is kept for the next tab', async () => {
    const { page, sidebar } = await world.openConnected();
    const widthOf = (tab: Page) =>
      tab.$eval('earshot-sidebar', (host) => Math.round(host.getBoundingClientRect().width));
    const from = await widthOf(page);
    const left = 1280 - from;
    await page.mouse.move(left + 3, 400);
    await page.mouse.down();
    // In small steps: the driver aims each move anew, where a real mouse stays with the edge that it holds.
    for (let step = 1; step <= 15; step += 1) {
      let y = 400;
      const drag = async () => {
        y += 1;
        await page.mouse.move(left + 3 - step * 2, y);
        return widthOf(page);
      };
      await expect.poll(drag, { timeout: WAIT_MS }).toBe(from + step * 2);
    }
    await page.mouse.up();
    expect(await sidebar.evaluate(() => innerWidth)).toBe(from + 30);
    const next = await world.openConnected();
    expect(await widthOf(next.page)).toBe(from + 30);
    await page.close();
    await next.page.close();
  });
});
