/** What is done and seen on the way from the page to another surface and back, in two clicks each. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Frame, Page } from 'puppeteer-core';
import { expect } from 'vitest';
import { waitForLines } from '../../demo/launcher/agent-walk.ts';
import { hasOverlay } from '../../demo/launcher/driven-browser.ts';
import { showCall, WAIT_MS, type World, waitForWords } from './world.ts';

const LINES = 150;

/** Where the sidebar is, when it is in no page. */
export type Elsewhere = {
  name: 'panel' | 'window';
  /** Once it is there and connected. */
  find(): Promise<Page>;
  isOpen(): Promise<boolean>;
};

export function say(world: World, callid: string, ...texts: string[]): void {
  world.simulator.sendRaw(JSON.stringify(texts.map((text, at) => ({ callid, leg: at % 2, text }))));
}

/** Two clicks: the menu, and where to. */
export async function moveTo(sidebar: Frame | Page, surface: 'overlay' | 'panel' | 'window'): Promise<void> {
  await sidebar.click('button.icon[aria-haspopup="menu"]');
  await sidebar.waitForSelector(`[data-option="${surface}"]`, { timeout: WAIT_MS });
  await sidebar.click(`[data-option="${surface}"]`);
}

export async function waitUntilOff(page: Page): Promise<void> {
  await page.waitForFunction(() => document.querySelector('earshot-sidebar') === null, { timeout: WAIT_MS });
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

/** The call, the place and the search go along. */
export async function goThereAndBack(world: World, there: Elsewhere): Promise<void> {
  const { page, sidebar } = await world.openConnected();
  const callId = `to ${there.name}`;
  say(
    world,
    callId,
    ...Array.from({ length: LINES }, (_, at) => `line ${at} about the ${at % 50 === 3 ? 'card' : 'house'}`),
  );
  say(world, 'another', 'a call that nobody reads');
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

  await moveTo(sidebar, there.name);
  const elsewhere = await there.find();
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
  await waitUntilOff(page);

  say(world, callId, 'a line that comes to the other surface');
  await elsewhere.waitForFunction(() => document.body.textContent.includes('comes to the other surface'), {
    timeout: WAIT_MS,
    polling: 50,
  });

  await moveTo(elsewhere, 'overlay');
  const again = await world.browser.sidebarFrame(page);
  await waitForLines(again, LINES + 1);
  await waitForTopLine(again, top);
  expect(await again.$eval('.search input', (input) => (input as HTMLInputElement).value)).toBe('card');
  await expect.poll(() => there.isOpen(), { timeout: WAIT_MS }).toBe(false);
  await page.close();
}

/** A note goes into the editor of the page that the sidebar came from, and nothing of ours is left there. */
export async function putNoteFrom(world: World, there: Elsewhere): Promise<void> {
  const { page, sidebar } = await world.openConnected();
  const callId = `note in ${there.name}`;
  say(world, callId, 'hello');
  await showCall(sidebar, callId);
  await page.evaluate(() => {
    document.body.insertAdjacentHTML('beforeend', '<textarea aria-label="Reply"></textarea>');
  });
  await moveTo(sidebar, there.name);
  const elsewhere = await there.find();
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
  const own = await world.browser.newPage(world.browser.url('help.html'));
  await own.waitForSelector('main', { timeout: WAIT_MS });
  for (let look = 0; look < 100 && (await listens(own, page)); look += 1) await sleep(50);
  expect(await listens(own, page)).toBe(false);
  await own.close();
  await page.close();
}

/** Whether a script of ours answers in this page; asked by any of our own pages. */
async function listens(own: Page, page: Page): Promise<boolean> {
  await page.bringToFront();
  return own.evaluate(async () => {
    const [tab] = await chrome.tabs.query({ active: true, windowType: 'normal' });
    const probe = chrome.tabs.sendMessage(tab?.id ?? -1, { type: 'overlay:probe' });
    return probe.then(Boolean, () => false);
  });
}
