/** How a call is read: turns, follow mode, search, and nothing that moves under the reader's eyes. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Frame } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { waitForLines } from '../../demo/launcher/agent-walk.ts';
import { openReadingWorld, type ReadingWorld } from './reading-world.ts';
import { showCall, WAIT_MS, waitForWords } from './world.ts';

/** A call of this many lines is longer than any screen. */
const LONG = 120;

function longCall(callid: string, count = LONG) {
  return Array.from({ length: count }, (_, at) => ({
    callid,
    leg: (Math.floor(at / 3) % 2) as 0 | 1,
    text: `line ${at + 1} of a call that is longer than the screen is high`,
  }));
}

function following(sidebar: Frame): Promise<boolean> {
  return sidebar.evaluate(() => document.querySelector('.jump') === null);
}

async function waitUntilFollowing(sidebar: Frame, wanted: boolean): Promise<void> {
  await sidebar.waitForFunction(
    (expected) => (document.querySelector('.jump') === null) === expected,
    { timeout: WAIT_MS, polling: 50 },
    wanted,
  );
}

function fromEnd(sidebar: Frame): Promise<number> {
  return sidebar.$eval('[data-transcript]', (area) => area.scrollHeight - area.clientHeight - area.scrollTop);
}

async function scrollUp(sidebar: Frame, byPx: number): Promise<void> {
  await sidebar.$eval('[data-transcript]', (area, px) => area.scrollBy(0, -px), byPx);
  await waitUntilFollowing(sidebar, false);
}

/** Where every line in view stands, by its id. */
function placesInView(sidebar: Frame): Promise<[string, number][]> {
  return sidebar.$eval('[data-transcript]', (area) => {
    const { top, bottom } = area.getBoundingClientRect();
    return [...area.querySelectorAll<HTMLElement>('[data-line]')]
      .map((line) => ({ id: line.dataset['line'] ?? '', box: line.getBoundingClientRect() }))
      .filter(({ box }) => box.bottom > top && box.top < bottom)
      .map(({ id, box }): [string, number] => [id, Math.round(box.top)]);
  });
}

let world: ReadingWorld;
let sidebar: Frame;
beforeAll(async () => {
  world = await openReadingWorld();
  sidebar = world.sidebar;
});
afterAll(() => world.close());

describe('the transcript', () => {
  test('an interim grows in place, and its final settles without a jump', async () => {
    const { say } = world;
    say({ callid: 'grow', leg: 0, text: 'hello', final: true });
    await showCall(sidebar, 'grow');
    say({ callid: 'grow', leg: 1, text: 'i would', final: false });
    await sidebar.waitForSelector('[data-line="grow:1"][data-final="false"]', { timeout: WAIT_MS });
    const first = await sidebar.$('[data-line="grow:1"]');
    const top = await first?.evaluate((line) => line.getBoundingClientRect().top);
    say({ callid: 'grow', leg: 1, text: 'i would like to know', final: false });
    await waitForWords(sidebar, 'i would like to know');
    say({ callid: 'grow', leg: 1, text: 'i would like to know my balance', final: true });
    await sidebar.waitForSelector('[data-line="grow:1"][data-final="true"]', { timeout: WAIT_MS });
    expect(
      await first?.evaluate((line) => [line.isConnected, line.textContent, line.getBoundingClientRect().top]),
    ).toEqual([true, 'i would like to know my balance', top]);
  });

  test('one label and time stand over the lines of a turn; each turn tells its side', async () => {
    const turns = [0, 0, 1, 0].map((leg, at) => ({
      callid: 'turns',
      leg: leg as 0 | 1,
      text: `turn line ${at}`,
    }));
    world.say(...turns);
    await showCall(sidebar, 'turns');
    await waitForLines(sidebar, 4);
    expect(
      await sidebar.$$eval('.turn', (all) =>
        all.map((turn) => [
          turn.querySelector('h2')?.textContent,
          turn.querySelectorAll('time').length,
          turn.querySelectorAll('[data-line]').length,
        ]),
      ),
    ).toEqual([
      ['Caller', 1, 2],
      ['Callee', 1, 1],
      ['Caller', 1, 1],
    ]);
  });

  test('where the platform tells the direction, our side is the agent', async () => {
    world.say(
      { callid: 'in', direction: 'inbound', leg: 1, text: 'good morning' },
      { callid: 'in', leg: 0, text: 'good morning to you' },
    );
    await showCall(sidebar, 'in');
    await waitForLines(sidebar, 2);
    expect(
      await sidebar.$$eval('.turn h2', (labels) => labels.map(({ textContent }) => textContent)),
    ).toEqual(['Agent', 'Caller']);
  });

  test('right-to-left words run from right to left, in a left-to-right call', async () => {
    world.say({ callid: 'rtl', leg: 0, text: 'hello' }, { callid: 'rtl', leg: 1, text: 'أهلا وسهلا بكم' });
    await showCall(sidebar, 'rtl');
    await waitForLines(sidebar, 2);
    expect(
      await sidebar.$$eval('[data-line]', (lines) => lines.map((line) => getComputedStyle(line).direction)),
    ).toEqual(['ltr', 'rtl']);
  });

  test('times are since the start or of the clock, as is preferred', async () => {
    await showCall(sidebar, 'turns');
    expect(await sidebar.$eval('.turn time', ({ textContent }) => textContent)).toMatch(/^00:0\d$/);
    await choose(world, 'clock');
    await sidebar.waitForFunction(
      () => /^\d\d:\d\d:\d\d$/.test(document.querySelector('.turn time')?.textContent ?? ''),
      { timeout: WAIT_MS, polling: 50 },
    );
    await choose(world, 'relative');
  });
});

describe('follow mode', () => {
  beforeAll(async () => {
    world.say(...longCall('long'));
    await showCall(sidebar, 'long');
    await waitForLines(sidebar, LONG);
  });

  test('stays at the newest line', async () => {
    expect(await following(sidebar)).toBe(true);
    world.say({ callid: 'long', leg: 1, text: 'one more line' });
    await waitForWords(sidebar, 'one more line');
    await sleep(100);
    expect(await fromEnd(sidebar)).toBeLessThan(12);
  });

  test('holds still under a pressed pointer, so that a line that comes takes no click away', async () => {
    const line = (await sidebar.$$('[data-line]')).at(-2);
    await line?.hover();
    await world.page.mouse.down();
    for (const at of [1, 2, 3, 4, 5]) world.say({ callid: 'long', leg: 0, text: `meanwhile ${at}` });
    await waitForWords(sidebar, 'meanwhile 5');
    await sleep(100);
    await world.page.mouse.up();
    await sidebar.waitForSelector('[data-copied="true"]', { timeout: WAIT_MS });
    await sleep(100);
    expect(await fromEnd(sidebar)).toBeLessThan(12);
  });

  test('stops when the reader scrolls up; nothing in view moves; the new lines are counted', async () => {
    await scrollUp(sidebar, 900);
    await sleep(200);
    const before = await placesInView(sidebar);
    expect(before.length).toBeGreaterThan(5);
    world.say({ callid: 'long', leg: 0, text: 'growing', final: false });
    await sleep(100);
    world.say({
      callid: 'long',
      leg: 0,
      text: 'growing and grown, over more than one row of text it is',
      final: true,
    });
    world.say({ callid: 'long', leg: 1, text: 'and another' });
    await waitForWords(sidebar, '2 new lines ↓');
    expect(await placesInView(sidebar)).toEqual(before);
  });

  test('goes on with the button, at the end', async () => {
    await sidebar.click('.jump');
    await waitUntilFollowing(sidebar, true);
    expect(await fromEnd(sidebar)).toBeLessThan(12);
  });

  test('goes on by itself when the reader scrolls back to the end', async () => {
    await scrollUp(sidebar, 400);
    await sidebar.$eval('[data-transcript]', (area) => area.scrollTo(0, area.scrollHeight));
    await waitUntilFollowing(sidebar, true);
  });

  test('stops while text is selected, and the selection stays', async () => {
    await sidebar.$$eval('[data-line]', (lines) => {
      const last = lines.at(-1);
      if (last !== undefined) getSelection()?.selectAllChildren(last);
    });
    await waitUntilFollowing(sidebar, false);
    const selected = await sidebar.evaluate(() => String(getSelection()));
    const before = await placesInView(sidebar);
    world.say({ callid: 'long', leg: 0, text: 'while you select' });
    await waitForWords(sidebar, 'while you select');
    expect(await sidebar.evaluate(() => String(getSelection()))).toBe(selected);
    expect(await placesInView(sidebar)).toEqual(before.filter(([id]) => id !== ''));
    await sidebar.click('.jump');
    await waitUntilFollowing(sidebar, true);
  });

  test('stops while the keyboard walks in the list, and ends the walk with End', async () => {
    await sidebar.focus('[data-transcript]');
    await world.page.keyboard.press('ArrowUp');
    await world.page.keyboard.press('ArrowUp');
    await waitUntilFollowing(sidebar, false);
    const focused = await sidebar.evaluate(() => document.activeElement?.getAttribute('data-line'));
    expect(focused).toMatch(/^long:/);
    world.say({ callid: 'long', leg: 1, text: 'while you walk' });
    await waitForWords(sidebar, 'while you walk');
    expect(await sidebar.evaluate(() => document.activeElement?.getAttribute('data-line'))).toBe(focused);
    await world.page.keyboard.press('End');
    await waitUntilFollowing(sidebar, true);
    expect(await fromEnd(sidebar)).toBeLessThan(12);
  });
});

describe('search', () => {
  test('counts matches over the whole call, walks through them, and holds still while lines come', async () => {
    const words = ['the card', 'no match', 'Card and card', 'nothing'];
    world.say(...words.map((text) => ({ callid: 'find', leg: 0 as const, text })), ...longCall('find'));
    await showCall(sidebar, 'find');
    await waitForLines(sidebar, LONG + words.length);
    await sidebar.click('[data-search-open]');
    await sidebar.waitForSelector('.search input:focus', { timeout: WAIT_MS });
    await world.page.keyboard.type('card');
    await counted(sidebar, '3 of 3');
    await world.page.keyboard.press('Enter');
    await counted(sidebar, '1 of 3');
    expect(await following(sidebar)).toBe(false);
    const before = await placesInView(sidebar);
    expect(before.map(([id]) => id)).toContain('find:0');
    world.say({ callid: 'find', leg: 1, text: 'yes, that card' });
    await counted(sidebar, '1 of 4');
    expect(await placesInView(sidebar)).toEqual(before);
    await world.page.keyboard.down('Shift');
    await world.page.keyboard.press('Enter');
    await world.page.keyboard.up('Shift');
    await counted(sidebar, '4 of 4');
    expect(await sidebar.evaluate(() => CSS.highlights.get('search')?.size)).toBe(4);
    expect(await sidebar.evaluate(() => CSS.highlights.get('search-current')?.size)).toBe(1);
    await world.page.keyboard.press('Escape');
    await sidebar.waitForFunction(() => document.querySelector('.search') === null, {
      timeout: WAIT_MS,
      polling: 50,
    });
    expect(await sidebar.evaluate(() => CSS.highlights.get('search')?.size ?? 0)).toBe(0);
  });
});

describe('going on', () => {
  test('a reload finds the reader at the line they were at', async () => {
    await showCall(sidebar, 'long');
    await waitForLines(sidebar, LONG);
    await scrollUp(sidebar, 1_200);
    await sleep(1_200);
    const [top] = await placesInView(sidebar);
    const other = await world.openAnother();
    // A tab of its own is no reload: it begins at the newest line.
    await showCall(other.sidebar, 'long');
    expect(await following(other.sidebar)).toBe(true);
    await other.page.close();
    await world.page.bringToFront();
    await sidebar.evaluate(() => location.reload()).catch(() => {});
    // Asked anew each time: a driver may lose what waits in a frame that is being loaded again.
    await expect
      .poll(async () => (await placesInView(sidebar).catch(() => []))[0]?.[0], { timeout: WAIT_MS })
      .toBe(top?.[0]);
    expect(await following(sidebar)).toBe(false);
    await sidebar.click('.jump');
  });
});

async function counted(sidebar: Frame, words: string): Promise<void> {
  await sidebar.waitForFunction(
    (wanted) => document.querySelector('[data-search-count]')?.textContent === wanted,
    { timeout: WAIT_MS, polling: 50 },
    words,
  );
}

/** Chooses an option in the sidebar's menu. */
async function choose({ sidebar, page }: ReadingWorld, option: string): Promise<void> {
  await sidebar.click('button.icon[aria-haspopup="menu"]');
  await sidebar.waitForSelector(`[data-option="${option}"]`, { timeout: WAIT_MS });
  await sidebar.click(`[data-option="${option}"]`);
  await page.keyboard.press('Escape');
  await sidebar.waitForSelector('.menu', { hidden: true, timeout: WAIT_MS });
}
