/** What an agent can do about what is kept: forget it all at once, for good, and tell of the state without telling more. */
import type { Frame, Page } from 'puppeteer-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { waitForLines } from '../../demo/launcher/agent-walk.ts';
import { openReadingWorld, type ReadingWorld } from './reading-world.ts';
import { AGENT_TOKEN, PLATFORM_TOKEN, shownTexts, WAIT_MS } from './world.ts';

const wait = { timeout: WAIT_MS, polling: 50 };
const CALLER = '+15125550142';
const heard = ['i lost my debit card', 'which one is it', 'the blue one'];

type Areas = Record<'session' | 'local', { get(): Promise<unknown> }>;

/** Everything in both areas, as text. */
function stored(settings: Page): Promise<string> {
  return settings.evaluate(async () => {
    const { storage } = (globalThis as unknown as { chrome: { storage: Areas } }).chrome;
    return JSON.stringify([await storage.session.get(), await storage.local.get()]);
  });
}

let world: ReadingWorld;
let sidebar: Frame;
let second: Page;
let settings: Page;
beforeAll(async () => {
  world = await openReadingWorld();
  ({ sidebar } = world);
  const parties = { cli: CALLER, dest: '+18005550100', direction: 'inbound' };
  world.say(
    { callid: 'p1', event: 'started', ...parties },
    ...heard.map((text, at) => ({ callid: 'p1', leg: (at % 2) as 0 | 1, text, final: true })),
  );
  await waitForLines(sidebar, 3);
  second = await world.openSurface('window');
  await second.waitForSelector('[data-line]', wait);
  // What is hidden is not painted.
  await world.page.bringToFront();
  await sidebar.$eval('[data-line]', (line) => (line as HTMLElement).focus());
  await sidebar.$eval('[data-line]', (line) =>
    line.dispatchEvent(new KeyboardEvent('keydown', { key: 'p', bubbles: true })),
  );
  await sidebar.waitForSelector('[data-item]', wait);
  settings = await world.openOwn('options.html#privacy');
  await settings.waitForSelector('#report-look', wait);
});
afterAll(() => world.close());

test('the report tells what is there and how much of it, and no word of it', async () => {
  await expect.poll(() => stored(settings), { timeout: WAIT_MS }).toContain('note p1');
  await settings.$eval('#report-look', (button) => (button as HTMLElement).click());
  const shown = await settings.waitForSelector('[data-json="report"]', wait);
  const text = (await shown?.evaluate(({ textContent }) => textContent)) ?? '';
  const report: unknown = JSON.parse(text);
  expect(report).toMatchObject({
    background: {
      surfaces: { overlay: 1, window: 1 },
      notes: 1,
      relays: [{ state: 'connected', platform: 'up', address: 'ws', hasToken: true, calls: 1, lines: 3 }],
    },
    settings: { relays: 1 },
  });
  const secrets = [...heard, CALLER.slice(1), AGENT_TOKEN, PLATFORM_TOKEN, 'Alice', '127.0.0.1', 'A page'];
  for (const secret of secrets) expect(text).not.toContain(secret);
});

test('how long calls are kept is stored as it is chosen, and stands so on the next page', async () => {
  await settings.select('#keep-minutes', '60');
  await expect.poll(() => stored(settings), { timeout: WAIT_MS }).toContain('"keepMinutes":60');
  const again = await world.openOwn('options.html#privacy');
  await again.waitForSelector('#keep-minutes', wait);
  expect(await again.$eval('#keep-minutes', (choice) => (choice as HTMLSelectElement).value)).toBe('60');
  await again.close();
  await settings.bringToFront();
});

test('everything is forgotten only after it was asked once more', async () => {
  await settings.$eval('#forget', (button) => (button as HTMLElement).click());
  await settings.waitForSelector('[role="alertdialog"]', wait);
  expect(await settings.evaluate(() => document.activeElement?.textContent)).toBe('Keep everything');
  await settings.keyboard.press('Escape');
  await settings.waitForSelector('[data-forget="idle"]', wait);
  await expect
    .poll(() => settings.evaluate(() => document.activeElement?.id), { timeout: WAIT_MS })
    .toBe('forget');
  expect(await shownTexts(sidebar)).toEqual(heard);
});

test('then every sidebar is empty, and nothing of the call is in any storage', async () => {
  expect(await stored(settings)).toContain(heard[0]);
  await settings.$eval('#forget', (button) => (button as HTMLElement).click());
  await (await settings.waitForSelector('#forget-confirm', wait))?.evaluate((button) =>
    (button as HTMLElement).click(),
  );
  await settings.waitForSelector('[data-forget="done"]', wait);
  expect(await settings.$eval('[data-forget] .result', ({ textContent }) => textContent)).toBe(
    'Done: nothing of any call is kept.',
  );
  const leftAtOnce = await stored(settings);
  expect(heard.filter((words) => leftAtOnce.includes(words))).toEqual([]);
  for (const [page, surface] of [
    [world.page, sidebar],
    [second, second.mainFrame()],
  ] as const) {
    await page.bringToFront();
    await surface.waitForSelector('[data-empty="listening"]', wait);
    expect(await surface.$$('[data-line], [data-item]')).toEqual([]);
  }
  const told = [...heard, CALLER.slice(1), 'p1'];
  const found = async () => {
    const left = await stored(settings);
    return told.filter((words) => left.includes(words));
  };
  await expect.poll(found, { timeout: WAIT_MS }).toEqual([]);
  expect(await stored(settings)).toContain(AGENT_TOKEN);
});

test('and what is said from then on is shown, alone, in a new sidebar too', async () => {
  await world.page.bringToFront();
  world.say({ callid: 'p1', leg: 0, text: 'are you still there', final: true });
  await waitForLines(sidebar, 1);
  expect(await shownTexts(sidebar)).toEqual(['are you still there']);
  const third = await world.openSurface('window');
  await third.waitForSelector('[data-line]', wait);
  expect(await shownTexts(third.mainFrame())).toEqual(['are you still there']);
});

test('a page that has learned our address, and frames it where the sidebar is off, is shown nothing', async () => {
  const address = await settings.evaluate(() => chrome.runtime.getURL('/sidebar.html'));
  const off = await world.page.browser().newPage();
  await off.goto(world.page.url());
  await off.evaluate(
    async (addresses) => {
      for (const src of addresses) {
        const frame = Object.assign(document.createElement('iframe'), { src });
        const loaded = new Promise((done) => frame.addEventListener('load', done));
        document.body.append(frame);
        await loaded;
      }
    },
    ['', '?surface=window', '?surface=panel'].map((query) => `${address}${query}`),
  );
  const text = (frame: Frame) => frame.evaluate(() => document.querySelector('.app')?.textContent ?? '');
  const shown = () =>
    Promise.all(
      off
        .frames()
        .slice(1)
        .map((frame) => text(frame).catch(() => '')),
    );
  const painted = async () => (await shown()).filter((words) => words !== '').length;
  await expect.poll(painted, { timeout: WAIT_MS }).toBe(3);
  world.say({ callid: 'p1', leg: 0, text: 'are you still listening', final: true });
  await world.page.bringToFront();
  await waitForLines(sidebar, 2);
  await off.bringToFront();
  expect((await shown()).join()).not.toContain('are you still');
  await off.close();
});
