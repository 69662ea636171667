/** The note for the ticket: gathered, put in order, kept, and put into the page's editor. */
import type { ElementHandle, Frame, Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { waitForLines } from '../../demo/launcher/agent-walk.ts';
import { openReadingWorld, type ReadingWorld } from './reading-world.ts';
import { WAIT_MS, waitForWords } from './world.ts';

const LAST_FIELD = '.note-items > li:last-child textarea';

describe('the note', () => {
  let world: ReadingWorld;
  let page: Page;
  let sidebar: Frame;
  beforeAll(async () => {
    world = await openReadingWorld();
    ({ page, sidebar } = world);
    const parties = { cli: '+15125550142', dest: '+18005550100', direction: 'inbound' };
    const heard = ['lost my card', 'which one', 'the blue one'];
    world.say(
      { callid: 'n1', event: 'started', ...parties },
      ...heard.map((text, at) => ({ callid: 'n1', leg: (at % 2) as 0 | 1, text, final: true })),
    );
    await waitForLines(sidebar, 3);
  });
  afterAll(() => world.close());

  /** What the note says, item by item. */
  function words(frame = sidebar): Promise<string[]> {
    return frame.$$eval('[data-item]', (rows) =>
      rows.map(
        (row) => row.querySelector('textarea')?.value ?? row.querySelector('bdi + bdi')?.textContent ?? '',
      ),
    );
  }

  async function expectWords(expected: string[], frame = sidebar): Promise<void> {
    // Not while it is loaded anew.
    await expect.poll(() => words(frame).catch(() => undefined), { timeout: WAIT_MS }).toEqual(expected);
  }

  function focusLine(at: number): Promise<void> {
    return sidebar.$$eval('[data-line]', (lines, index) => (lines[index] as HTMLElement).focus(), at);
  }

  async function focusItem(at: number): Promise<void> {
    await sidebar.$$eval(
      '[data-item]',
      (rows, index) => rows[index]?.querySelector<HTMLElement>('.note-words, textarea')?.focus(),
      at,
    );
  }

  async function pressWithAlt(key: 'ArrowUp' | 'ArrowDown'): Promise<void> {
    await page.keyboard.down('Alt');
    await page.keyboard.press(key);
    await page.keyboard.up('Alt');
  }

  async function undo(): Promise<void> {
    await page.keyboard.down('Control');
    await page.keyboard.press('z');
    await page.keyboard.up('Control');
  }

  async function handle(selector: string): Promise<ElementHandle> {
    const found = await sidebar.waitForSelector(selector, { timeout: WAIT_MS });
    if (found === null) throw new Error(`There is no ${selector}.`);
    return found;
  }

  test('is empty at first, and says how it is begun', async () => {
    expect(await words()).toEqual([]);
    expect(await sidebar.$eval(LAST_FIELD, (field) => field.getAttribute('placeholder'))).toContain('P');
    expect(await sidebar.$eval('[data-insert]', (button) => button.getAttribute('aria-disabled'))).toBe(
      'true',
    );
  });

  test('takes lines that are pinned by key, in the order of pinning', async () => {
    await sidebar.click('[data-transcript]');
    await page.keyboard.press('Escape');
    await focusLine(2);
    await page.keyboard.press('p');
    await expectWords(['the blue one']);
    await focusLine(0);
    await page.keyboard.press('p');
    await expectWords(['the blue one', 'lost my card']);
  });

  test('takes text at its end, and no key of it does anything else', async () => {
    await sidebar.click(LAST_FIELD);
    await page.keyboard.type('/p blocked');
    await expectWords(['the blue one', 'lost my card', '/p blocked']);
    expect(await sidebar.$('.search input')).toBeNull();
    await focusItem(2);
  });

  test('takes text between two pins', async () => {
    await focusItem(0);
    await sidebar.click('[data-item] [data-tool="below"]');
    await expectWords(['the blue one', '', 'lost my card', '/p blocked']);
    await page.keyboard.type('in between');
    await expectWords(['the blue one', 'in between', 'lost my card', '/p blocked']);
  });

  test('is put in another order by keyboard, and the focus goes along', async () => {
    await focusItem(2);
    await pressWithAlt('ArrowUp');
    await expectWords(['the blue one', 'lost my card', 'in between', '/p blocked']);
    await pressWithAlt('ArrowUp');
    await expectWords(['lost my card', 'the blue one', 'in between', '/p blocked']);
    expect(await sidebar.$eval('.said', (said) => said.textContent)).toContain('1');
  });

  test('is put in another order by dragging', async () => {
    const [grip, row] = [await handle('[data-item] .grip'), (await sidebar.$$('[data-item]'))[2]];
    const [from, to] = [await grip.boundingBox(), await row?.boundingBox()];
    if (from === null || to === null || to === undefined) throw new Error('The note is not on screen.');
    await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2);
    await page.mouse.down();
    await page.mouse.move(to.x + 6, to.y + to.height / 2, { steps: 4 });
    await page.mouse.move(to.x + 6, to.y + to.height - 2, { steps: 2 });
    await page.mouse.up();
    await expectWords(['the blue one', 'in between', 'lost my card', '/p blocked']);
  });

  test('has a pin put into other words, and given its own back', async () => {
    await focusItem(2);
    await page.keyboard.press('Enter');
    await sidebar.waitForSelector('.note-edit textarea', { timeout: WAIT_MS });
    await page.keyboard.press('End');
    await page.keyboard.type(' today');
    await page.keyboard.press('Enter');
    await expectWords(['the blue one', 'in between', 'lost my card today', '/p blocked']);
    await sidebar.waitForSelector('.note-edited', { timeout: WAIT_MS });
    await sidebar.click('[data-tool="restore"]');
    await expectWords(['the blue one', 'in between', 'lost my card', '/p blocked']);
  });

  test('gives back what was removed', async () => {
    await focusItem(0);
    await page.keyboard.press('Delete');
    await expectWords(['in between', 'lost my card', '/p blocked']);
    await sidebar.click('.said button');
    await expectWords(['the blue one', 'in between', 'lost my card', '/p blocked']);
    await focusItem(0);
    await page.keyboard.press('Delete');
    await expectWords(['in between', 'lost my card', '/p blocked']);
    await focusItem(1);
    await undo();
    await expectWords(['the blue one', 'in between', 'lost my card', '/p blocked']);
  });

  test('is kept over a reload', async () => {
    const kept = await words();
    await sidebar.evaluate(() => {
      document.documentElement.dataset['old'] = '';
      setTimeout(() => location.reload());
    });
    await expect
      .poll(() => sidebar.$('html:not([data-old]) [data-item]').catch(() => null), { timeout: WAIT_MS })
      .not.toBeNull();
    await expectWords(kept);
  });

  test('is the same in a second tab, also what is changed there', async () => {
    const kept = await words();
    const other = await world.openAnother();
    await expectWords(kept, other.sidebar);
    await other.sidebar.click(LAST_FIELD);
    await other.page.keyboard.type(', done');
    await expectWords([...kept.slice(0, -1), '/p blocked, done'], other.sidebar);
    await waitForWords(other.sidebar, 'saved');
    await other.page.close();
    await page.bringToFront();
    await expectWords([...kept.slice(0, -1), '/p blocked, done']);
  });

  test('goes into the editor that was clicked, by one click', async () => {
    await page.evaluate(() => document.querySelector('textarea')?.setAttribute('aria-label', 'Public reply'));
    await page.click('textarea');
    await waitForWords(sidebar, 'Public reply');
    await sidebar.click('[data-insert="direct"]');
    await expect
      .poll(() => page.$eval('textarea', ({ value }) => value), { timeout: WAIT_MS })
      .toMatch(/the blue one[\s\S]*in between[\s\S]*lost my card[\s\S]*\/p blocked, done/);
    await waitForWords(sidebar, 'Inserted into Public reply');
    expect((await words()).length).toBe(4);
  });

  /** An editor in a frame in a frame, in the place of the one that was put up before. */
  function putUpInFrames(name: string, isInShadow: boolean): Promise<void> {
    return page.evaluate(
      (label, shadow) => {
        document.querySelector('#framed')?.remove();
        const host = document.body.appendChild(document.createElement('div'));
        host.id = 'framed';
        const outer = document.createElement('iframe');
        (shadow ? host.attachShadow({ mode: 'open' }) : host).append(outer);
        const inner = outer.contentDocument?.body.appendChild(document.createElement('iframe'));
        const editor = inner?.contentDocument?.body;
        if (editor === undefined) throw new Error('The frame shows no document.');
        editor.contentEditable = 'true';
        editor.ariaLabel = label;
      },
      name,
      isInShadow,
    );
  }

  test.each([
    { where: 'the page', isInShadow: false },
    { where: 'a shadow root', isInShadow: true },
  ])(
    'finds an editor in frames of $where that takes the place of the one with the focus',
    async ({ where, isInShadow }) => {
      const click = async () => {
        const host = await page.$('#framed');
        const box = await host?.boundingBox();
        if (!box) throw new Error('The frames are not shown.');
        await page.mouse.click(box.x + 40, box.y + 40);
      };
      await putUpInFrames(`First in ${where}`, isInShadow);
      await click();
      await waitForWords(sidebar, `First in ${where}`);
      // Its frame takes the focus with it, and no window tells that the next one gets it.
      await putUpInFrames(`Second in ${where}`, isInShadow);
      await click();
      await sidebar.click('[data-transcript]');
      await waitForWords(sidebar, `Second in ${where}`);
      await page.evaluate(() => document.querySelector('#framed')?.remove());
      await page.click('textarea');
      await waitForWords(sidebar, 'Public reply');
    },
  );

  test('of a call that is not of this page asks before it goes there', async () => {
    await page.evaluate(() => {
      const link = document.createElement('a');
      link.href = 'tel:+442079460000';
      link.textContent = '+44 20 7946 0000';
      document.body.append(link);
    });
    await sidebar.waitForSelector('[data-match="other"]', { timeout: WAIT_MS });
    const before = await page.$eval('textarea', ({ value }) => value);
    await sidebar.click('[data-insert="direct"]');
    await sidebar.waitForSelector('[data-question="asking"]', { timeout: WAIT_MS });
    expect(await sidebar.evaluate(() => document.activeElement?.hasAttribute('data-cancel'))).toBe(true);
    await page.keyboard.press('Escape');
    await sidebar.waitForSelector('[data-question]', { timeout: WAIT_MS, hidden: true });
    expect(await page.$eval('textarea', ({ value }) => value)).toBe(before);
    await sidebar.click('[data-insert="direct"]');
    await (await handle('[data-confirm]')).click();
    await expect
      .poll(() => page.$eval('textarea', ({ value }) => value.length), { timeout: WAIT_MS })
      .toBeGreaterThan(before.length);
  });

  test('is folded to its title', async () => {
    await sidebar.click('.note-title');
    await sidebar.waitForSelector('[data-insert]', { timeout: WAIT_MS, hidden: true });
    await sidebar.click('.note-title');
    await sidebar.waitForSelector('[data-insert]', { timeout: WAIT_MS });
  });
});
