/** Lines are copied in every way, and pasted by the real keyboard: both flavours are read back. */
import type { Frame, Page } from 'puppeteer-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { waitForLines } from '../../demo/launcher/agent-walk.ts';
import { openReadingWorld, type ReadingWorld } from './reading-world.ts';
import { showCall, WAIT_MS, waitForWords } from './world.ts';

type Pasted = { text: string; html: string };

const MARKUP = '<img src=x onerror="alert(1)"> & <b>bold</b> {text}';
const LINES = [
  'hello there',
  'this is the second line',
  'the third one',
  MARKUP,
  'my card is four oh one two eight eight eight eight',
  'eight eight eight eight one eight eight one',
  'thank you',
];

/** A line as it is pasted; its time is whatever it was. */
function plain(...texts: string[]): RegExp {
  const rows = texts.map((text) => `\\d\\d:\\d\\d Caller: ${RegExp.escape(text)}`);
  return new RegExp(`^${rows.join('\\n')}\\n?$`);
}

/** Pastes into the page's field by the keyboard and gives what the page was handed. */
async function paste(page: Page): Promise<Pasted> {
  await page.evaluate(() => {
    const keep = (event: ClipboardEvent) => {
      const [text, html] = ['text/plain', 'text/html'].map(
        (type) => event.clipboardData?.getData(type) ?? '',
      );
      Object.assign(window, { pasted: { text, html } });
    };
    Object.assign(window, { pasted: undefined });
    document.addEventListener('paste', keep, { once: true });
  });
  await page.click('textarea');
  await pressWith(page, 'KeyV', 'Paste');
  await page.waitForFunction(() => Reflect.get(window, 'pasted') !== undefined, {
    timeout: WAIT_MS,
    polling: 50,
  });
  const { text, html } = await page.evaluate(() => Reflect.get(window, 'pasted') as Pasted);
  return { text: text.replaceAll('\r\n', '\n'), html };
}

/** What is pasted, as soon as it is what was copied. */
async function pasteOf(page: Page, text: RegExp): Promise<Pasted> {
  let pasted = { text: '', html: '' };
  const read = async () => {
    pasted = await paste(page);
    return pasted.text;
  };
  await expect.poll(read, { timeout: 5_000 }).toMatch(text);
  return pasted;
}

/** Empties the clipboard of what an earlier test put there. */
async function copyNothing({ page }: Shown): Promise<void> {
  await page.$eval('textarea', (field) => {
    field.value = '-';
    field.select();
  });
  await page.click('textarea', { count: 3 });
  await pressWith(page, 'KeyC', 'Copy');
}

async function pressWith(page: Page, key: 'KeyC' | 'KeyV', command: 'Copy' | 'Paste'): Promise<void> {
  await page.keyboard.down('Control');
  await page.keyboard.press(key, { commands: [command] });
  await page.keyboard.up('Control');
}

async function boxOf(sidebar: Frame, index: number) {
  const line = await sidebar.$(`[data-index="${index}"]`);
  const box = await line?.boundingBox();
  if (box === null || box === undefined) throw new Error(`The line ${index} is not in view.`);
  return box;
}

async function clickLine({ page, sidebar }: Shown, index: number, modifier?: 'Shift'): Promise<void> {
  const { x, y, height } = await boxOf(sidebar, index);
  if (modifier !== undefined) await page.keyboard.down(modifier);
  await page.mouse.click(x + 30, y + height / 2);
  if (modifier !== undefined) await page.keyboard.up(modifier);
}

/** Each by its words, or a format by its id. */
async function chooseFromCopyMenu({ sidebar }: Shown, ...choices: string[]): Promise<void> {
  for (const choice of choices) {
    if ((await sidebar.$('.foot-row .menu')) === null) await sidebar.click('.copy-lines');
    await sidebar.waitForSelector('.foot-row .menu', { timeout: WAIT_MS });
    await sidebar.evaluate((wanted) => {
      const items = [...document.querySelectorAll<HTMLElement>('.foot-row .item')];
      items.find(({ textContent, dataset }) => [textContent, dataset['format']].includes(wanted))?.click();
    }, choice);
  }
}

type Shown = { page: Page; sidebar: Frame };

async function deselect({ sidebar }: Shown): Promise<void> {
  await sidebar.evaluate(() => getSelection()?.removeAllRanges());
}

let world: ReadingWorld;
beforeAll(async () => {
  world = await openReadingWorld();
  world.say(...LINES.map((text) => ({ callid: 'copy', leg: 0 as const, text })));
});
afterAll(() => world.close());

describe.each(['/', '/no-clipboard'])('on a page at %s', (path) => {
  let shown: Shown;
  beforeAll(async () => {
    shown = path === '/' ? world : await world.openAnother(path);
    await shown.page.bringToFront();
    await showCall(shown.sidebar, 'copy');
    await waitForLines(shown.sidebar, LINES.length);
  });

  beforeEach(() => copyNothing(shown));

  test('a click copies the line, as text and as HTML', async () => {
    await clickLine(shown, 1);
    await waitForWords(shown.sidebar, 'Copied');
    const { html } = await pasteOf(shown.page, plain('this is the second line'));
    expect(html).toContain('this is the second line');
    // The agent works on in the page: no line has its tools out.
    await shown.sidebar.waitForSelector('.line-tools', { hidden: true, timeout: WAIT_MS });
  });

  test('markup in what was said arrives as text', async () => {
    await clickLine(shown, 3);
    const { html } = await pasteOf(shown.page, plain(MARKUP));
    expect(html).not.toMatch(/<img|<b>bold/);
    expect(html).toContain('&lt;img');
  });

  test('the digits of a card are hidden, also where they were begun in the line before', async () => {
    await clickLine(shown, 5);
    await waitForWords(shown.sidebar, 'Copied · private details hidden');
    const { html } = await pasteOf(shown.page, plain('[card]'));
    expect(html).toContain('[card]');
    expect(html).not.toMatch(/four|eight/);
  });

  test('a click with Shift copies every line from the last clicked one', async () => {
    await clickLine(shown, 0);
    await clickLine(shown, 2, 'Shift');
    await waitForWords(shown.sidebar, '3 lines copied');
    const { html } = await pasteOf(shown.page, plain(...LINES.slice(0, 3)));
    expect(html).toContain('the third one');
    await deselect(shown);
  });

  test('by keyboard, Shift and the arrows select lines, and C copies them', async () => {
    const { page, sidebar } = shown;
    await sidebar.click('.length');
    await sidebar.focus('[data-transcript]');
    await page.keyboard.press('Home');
    await page.keyboard.down('Shift');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.up('Shift');
    await waitForWords(sidebar, 'Copy 3 lines');
    await page.keyboard.press('c');
    await pasteOf(page, plain(...LINES.slice(0, 3)));
    await deselect(shown);
  });

  test('lines the mouse was dragged over are copied by a button, and by Ctrl+C as the browser does it', async () => {
    const { page, sidebar } = shown;
    const from = await boxOf(sidebar, 0);
    const to = await boxOf(sidebar, 2);
    await page.mouse.move(from.x + 8, from.y + from.height / 2);
    await page.mouse.down();
    await page.mouse.move(to.x + 20, to.y + to.height / 2, { steps: 6 });
    await page.mouse.move(to.x + to.width - 4, to.y + to.height / 2, { steps: 6 });
    await page.mouse.up();
    await sidebar.waitForSelector('[data-range-copy]', { timeout: WAIT_MS });
    await pressWith(page, 'KeyC', 'Copy');
    await pasteOf(page, /this is the second line\n+the third one$/);
    await sidebar.click('[data-range-copy]');
    await pasteOf(page, plain(...LINES.slice(0, 3)));
    await deselect(shown);
  });

  test('Ctrl+C over a card number leaves its digits out', async () => {
    const { page } = shown;
    await clickLine(shown, 3);
    await clickLine(shown, 6, 'Shift');
    await waitForWords(shown.sidebar, '4 lines copied');
    await pressWith(page, 'KeyC', 'Copy');
    const { text, html } = await pasteOf(page, /^(?!\d)[\s\S]*thank you$/);
    expect(text).toContain('my card is [card]');
    expect(text + html).not.toMatch(/four|eight/);
    await deselect(shown);
  });

  test('the menu copies the newest lines and the whole call', async () => {
    await chooseFromCopyMenu(shown, 'Last 5 lines');
    await pasteOf(shown.page, /^\d\d:\d\d Caller: the third one\n[\s\S]*: thank you$/);
    await chooseFromCopyMenu(shown, 'Whole call');
    const { text } = await pasteOf(shown.page, /: hello there\n[\s\S]*: thank you$/);
    expect(text).toContain(MARKUP);
    expect(text).not.toMatch(/eight/);
  });

  test('the format and the times are chosen there, and stay chosen', async () => {
    await chooseFromCopyMenu(shown, 'markdown', 'With times');
    await clickLine(shown, 0);
    await pasteOf(shown.page, /^\*\*Caller:?\*\*:? hello there\s*$/);
    await chooseFromCopyMenu(shown, 'plain', 'With times');
    await clickLine(shown, 0);
    await pasteOf(shown.page, plain('hello there'));
  });
});

test('the tools of the line under the pointer copy and pin it; P pins the newest; the menu copies the pinned', async () => {
  const { page, sidebar } = world;
  await page.bringToFront();
  const point = async () => {
    const { x, y, height } = await boxOf(sidebar, 2);
    await page.mouse.move(5, 5);
    await page.mouse.move(x + 20, y + height / 2);
  };
  await point();
  await sidebar.waitForSelector('[data-tool="copy"]', { timeout: WAIT_MS });
  await sidebar.click('[data-tool="copy"]');
  await pasteOf(page, plain('the third one'));
  await point();
  await sidebar.waitForSelector('[data-tool="pin"]', { timeout: WAIT_MS });
  await sidebar.click('[data-tool="pin"]');
  await sidebar.waitForSelector('[data-index="2"][data-pinned]', { timeout: WAIT_MS });
  await sidebar.click('.length');
  await page.keyboard.press('p');
  await sidebar.waitForSelector('[data-index="6"][data-pinned]', { timeout: WAIT_MS });
  await chooseFromCopyMenu(world, 'Pinned lines');
  await pasteOf(page, plain('the third one', 'thank you'));
  await sidebar.click('.length');
  await page.keyboard.press('p');
  await sidebar.waitForSelector('[data-index="6"]:not([data-pinned])', { timeout: WAIT_MS });
});

test('what is hidden on screen too is revealed line by line, and never found in place of something else', async () => {
  const { page, sidebar } = world;
  await sidebar.evaluate(() => chrome.storage.local.set({ preferences: { redaction: { onScreen: true } } }));
  await sidebar.waitForSelector('[data-index="4"][data-redacted]', { timeout: WAIT_MS });
  const shownText = () => sidebar.$eval('[data-index="4"]', ({ textContent }) => textContent);
  expect(await shownText()).toBe('my card is [card]');
  expect(await sidebar.$eval('[data-index="5"]', ({ textContent }) => textContent)).toBe('[card]');

  await sidebar.click('[data-search-open]');
  await sidebar.waitForSelector('.search input:focus', { timeout: WAIT_MS });
  await page.keyboard.type('card');
  await waitForWords(sidebar, '1 of 1');
  const marked = () => sidebar.evaluate(() => CSS.highlights.get('search')?.size ?? 0);
  expect(await marked()).toBe(0);

  const { x, y, height } = await boxOf(sidebar, 4);
  await page.mouse.move(x + 20, y + height / 2);
  await sidebar.waitForSelector('[data-tool="reveal"]', { timeout: WAIT_MS });
  await sidebar.click('[data-tool="reveal"]');
  await expect.poll(shownText, { timeout: WAIT_MS }).toBe(LINES[4]);
  await expect.poll(marked, { timeout: WAIT_MS }).toBe(1);
  await sidebar.hover('.length');
  await expect.poll(shownText, { timeout: WAIT_MS }).toBe('my card is [card]');
  await page.keyboard.press('Escape');

  await sidebar.focus('[data-transcript]');
  await page.keyboard.press('End');
  for (let up = 0; up < 3; up += 1) await page.keyboard.press('ArrowUp');
  await page.keyboard.press('r');
  await expect.poll(shownText, { timeout: WAIT_MS }).toBe(LINES[4]);
  await page.keyboard.press('ArrowUp');
  await expect.poll(shownText, { timeout: WAIT_MS }).toBe('my card is [card]');
  await page.keyboard.press('End');
});
