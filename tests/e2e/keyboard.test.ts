/** A whole call by keyboard alone: everything is reached, everything shows its focus, and no line ever takes it away. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Frame, Page } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { waitForLines } from '../../demo/launcher/agent-walk.ts';
import { createKeyboardReader, type KeyboardReader, listenForKeys } from './keyboard-reader.ts';
import { openReadingWorld, type ReadingWorld } from './reading-world.ts';
import { WAIT_MS, waitForWords } from './world.ts';

let world: ReadingWorld;
let page: Page;
let sidebar: Frame;
let reader: KeyboardReader;

beforeAll(async () => {
  world = await openReadingWorld();
  ({ page, sidebar } = world);
  await listenForKeys(page);
  reader = createKeyboardReader(world);
});
afterAll(() => world.close());
afterEach(async () => {
  expect(await reader.takeHeard(), 'the page hears none of the keys').toEqual([]);
});

const MENU = 'button.icon[aria-haspopup="menu"]';
const SEPARATOR = '[role="separator"]';

test('the demo call is started from the empty state, and ended', async () => {
  await reader.enter();
  await reader.walkTo('[data-demo]:not(.app)');
  await page.keyboard.press('Enter');
  await sidebar.waitForSelector('.app[data-demo="true"] [data-line]', { timeout: WAIT_MS });
  await reader.enter();
  await reader.walkTo('[data-demo-banner] button');
  await page.keyboard.press('Enter');
  await sidebar.waitForSelector('.app[data-demo="false"]', { timeout: WAIT_MS });
});

describe('in a call', () => {
  beforeAll(async () => {
    const texts = Array.from({ length: 40 }, (_, at) => `line ${at} of a long call`);
    world.say(...texts.map((text) => ({ callid: 'keys', leg: 0 as const, text })));
    await waitForLines(sidebar, 40);
  });

  test('Tab comes to every control, and each shows that it has the focus', async () => {
    await reader.enter();
    const stops: Awaited<ReturnType<KeyboardReader['looks']>>[] = [];
    for (let step = 0; step < 20; step += 1) {
      stops.push(await reader.looks());
      await reader.hearLine(`a line at stop ${step}`);
      if (await reader.isFocused('[data-transcript]')) break;
      await page.keyboard.press('Tab');
    }
    expect(stops.map(({ name }) => name)).toEqual([
      'Search in this call (Ctrl+F)',
      'Menu',
      'Shrink to a pill',
      'Close the sidebar in this tab',
      'Width of the sidebar',
      'Call to show',
      'transcript',
    ]);
    for (const { name, focused, plain } of stops) expect(focused, name).not.toBe(plain);
  });

  test('the menu opens with Enter, is walked by arrows, and Escape gives the focus back', async () => {
    await reader.enter();
    await reader.walkTo(MENU);
    await page.keyboard.press('Enter');
    await reader.waitForFocus('[role="menu"] *');
    await reader.hearLine('a line while the menu is open');
    for (const [option, shown] of [
      ['clock', /^\d\d:\d\d:\d\d/],
      ['relative', /^\d\d:\d\d$/],
    ] as const) {
      await reader.walkTo(`[data-option="${option}"]`, 'ArrowDown');
      const { focused, plain } = await reader.looks();
      expect(focused).not.toBe(plain);
      await page.keyboard.press('Enter');
      await reader.waitForText('.turn time', shown);
    }
    await page.keyboard.press('Escape');
    await reader.waitForFocus(MENU);
    await sidebar.waitForSelector('.menu', { hidden: true, timeout: WAIT_MS });
  });

  test('another call is picked, and the first one again', async () => {
    world.say({ callid: 'other', leg: 0, text: 'hello from the other call' });
    await sidebar.waitForFunction(() => document.querySelector('.picker')?.textContent?.startsWith('2'), {
      timeout: WAIT_MS,
    });
    for (const [call, words] of [
      ['other', 'hello from the other call'],
      ['keys', 'line 3 of a long call'],
    ] as const) {
      await reader.enter();
      await reader.walkTo('.picker');
      await page.keyboard.press('Enter');
      await reader.waitForFocus('[role="menu"] *');
      await reader.walkTo(`[data-call-option="${call}"]`, 'ArrowDown');
      await page.keyboard.press('Enter');
      await reader.waitForFocus('.picker');
      await waitForWords(sidebar, words);
    }
  });

  test.each(['/', 'Control+f'])(
    '%s opens the search, Enter walks it, Escape goes back to the lines',
    async (keys) => {
      await reader.enter();
      await reader.walkTo('[data-transcript]');
      if (keys === '/') await page.keyboard.press('/');
      else await reader.pressWith('Control', 'f');
      await reader.waitForFocus('.search input');
      await page.keyboard.type('line 1');
      await reader.waitForText('[data-search-count]', /^\d+ of 11$/);
      const place = () =>
        sidebar.$eval('[data-search-count]', ({ textContent }) => parseInt(textContent, 10));
      const first = await place();
      const next = (first % 11) + 1;
      await page.keyboard.press('Enter');
      await reader.waitForText('[data-search-count]', new RegExp(`^${next} of 11$`));
      await reader.pressWith('Shift', 'Enter');
      await reader.waitForText('[data-search-count]', new RegExp(`^${first} of 11$`));
      await reader.hearLine(`nothing that is looked for ${keys}`);
      expect(await place()).toBe(first);
      await page.keyboard.press('Escape');
      await reader.waitForFocus('[data-transcript]');
      await sidebar.waitForSelector('.search', { hidden: true, timeout: WAIT_MS });
      await page.keyboard.press('End');
    },
  );

  test('the lines are walked, and Enter copies the one that has the focus', async () => {
    await reader.enter();
    await reader.walkTo('[data-transcript]');
    const at = () => sidebar.evaluate(() => Number((document.activeElement as HTMLElement).dataset['index']));
    await page.keyboard.press('ArrowUp');
    const last = await at();
    expect(last).toBeGreaterThan(40);
    const steps = { ArrowUp: -1, PageUp: -10, ArrowDown: 1, PageDown: 10 } as const;
    let expected = last;
    for (const key of ['ArrowUp', 'PageUp', 'ArrowDown', 'PageDown'] as const) {
      await page.keyboard.press(key);
      expected = Math.min(last, expected + steps[key]);
      expect(await at(), key).toBe(expected);
      await reader.hearLine(`a line after ${key}`);
    }
    await page.keyboard.press('Home');
    expect(await at()).toBe(0);
    const { focused, plain } = await reader.looks();
    expect(focused).not.toBe(plain);
    await page.keyboard.press('Enter');
    await sidebar.waitForSelector('[data-copied="true"]', { timeout: WAIT_MS });
    await page.keyboard.press('End');
    await reader.waitForFocus('[data-transcript]');
    expect(await reader.takeHeard()).toEqual([]);

    await page.focus('textarea');
    await page.keyboard.down('Control');
    await page.keyboard.press('KeyV', { commands: ['Paste'] });
    await page.keyboard.up('Control');
    expect(await page.$eval('textarea', ({ value }) => value)).toMatch(
      /^00:\d\d Caller: line 0 of a long call$/,
    );
    await reader.takeHeard();
  });

  test('the way to the newest line is a button, too', async () => {
    await reader.enter();
    await reader.walkTo('[data-transcript]');
    await page.keyboard.press('Home');
    await sidebar.waitForSelector('.jump', { timeout: WAIT_MS });
    await reader.hearLine('a line below the fold');
    await reader.walkTo('.jump');
    const { focused, plain } = await reader.looks();
    expect(focused).not.toBe(plain);
    await page.keyboard.press('Enter');
    await sidebar.waitForSelector('.jump', { hidden: true, timeout: WAIT_MS });
    await reader.waitForFocus('[data-transcript]');
  });

  test('arrows move the edge, and the overlay follows', async () => {
    await reader.enter();
    await reader.walkTo(SEPARATOR);
    const before = await sidebar.$eval(SEPARATOR, (edge) => Number(edge.getAttribute('aria-valuenow')));
    for (const [key, width] of [
      ['ArrowLeft', before + 16],
      ['End', 640],
      ['Home', 280],
      ['ArrowLeft', 296],
    ] as const) {
      await page.keyboard.press(key);
      await sidebar.waitForSelector(`${SEPARATOR}[aria-valuenow="${width}"]`, { timeout: WAIT_MS });
      await page.waitForFunction(
        (wanted) => document.querySelector('earshot-sidebar')?.getBoundingClientRect().width === wanted,
        { timeout: WAIT_MS, polling: 50 },
        width,
      );
    }
    await reader.hearLine('a line at the edge');
  });

  test('it is shrunk to a pill and grown again, and the focus goes along', async () => {
    await reader.enter();
    await reader.walkTo('[title="Shrink to a pill"]');
    await page.keyboard.press('Enter');
    await reader.waitForFocus('[data-pill]');
    const { focused, plain } = await reader.looks();
    expect(focused).not.toBe(plain);
    world.say({ callid: 'keys', leg: 1, text: 'unread' });
    await reader.waitForText('[data-pill]', /^1 new line$/);
    expect(await reader.isFocused('[data-pill]')).toBe(true);
    await page.keyboard.press('Enter');
    await reader.waitForFocus('[title="Shrink to a pill"]');
    await waitForWords(sidebar, 'unread');
  });
});

describe('what a screen reader is told', () => {
  const log = '[role="log"]';
  const announce = '[role="menuitemcheckbox"]:not(:has(~ [role="menuitemcheckbox"]))';
  /** Longer than lines are gathered before they are told. */
  const GATHERED_MS = 2_500;

  // What was said before is told by then.
  beforeAll(() => sleep(GATHERED_MS));

  test('final lines as they are, and the list itself is in no live region', async () => {
    world.say({ callid: 'keys', leg: 0, text: 'not yet fin', final: false });
    await waitForWords(sidebar, 'not yet fin');
    world.say(
      { callid: 'keys', leg: 0, text: 'now it is finished', final: true },
      { callid: 'keys', leg: 1, text: 'and so is this', final: true },
    );
    await reader.waitForText(log, /^now it is finishedand so is this$/);
    expect(
      await sidebar.$eval('[data-transcript]', (area) => area.closest('[aria-live], [role="log"]')),
    ).toBe(null);
  });

  test('more than three at once as a number, and again when as many come again', async () => {
    const many = (round: number) =>
      [1, 2, 3, 4].map((at) => ({ callid: 'keys', leg: 0 as const, text: `round ${round} line ${at}` }));
    world.say(...many(1));
    await reader.waitForText(log, /^4 new lines$/);
    await sidebar.$eval(log, (spoken) => {
      Object.assign(window, { said: 0 });
      new MutationObserver(() => Object.assign(window, { said: 1 })).observe(spoken, {
        childList: true,
        characterData: true,
        subtree: true,
      });
    });
    world.say(...many(2));
    await sidebar.waitForFunction(() => Reflect.get(window, 'said') === 1, { timeout: WAIT_MS, polling: 50 });
    await reader.waitForText(log, /^4 new lines$/);
  });

  test('nothing, when it is switched off in the menu', async () => {
    const before = await sidebar.$eval(log, ({ textContent }) => textContent);
    await reader.enter();
    await reader.walkTo(MENU);
    await page.keyboard.press('Enter');
    await reader.waitForFocus('[role="menu"] *');
    await reader.walkTo(announce, 'ArrowUp');
    await page.keyboard.press('Enter');
    await sidebar.waitForSelector(`${announce}[aria-checked="false"]`, { timeout: WAIT_MS });
    await page.keyboard.press('Escape');
    await reader.waitForFocus(MENU);
    await reader.hearLine('for the eyes only');
    await sleep(GATHERED_MS);
    expect(await sidebar.$eval(log, ({ textContent }) => textContent)).toBe(before);
  });
});
