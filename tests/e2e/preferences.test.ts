/** The options page in a real browser: keywords, and how the sidebar reads, stored as they are typed. */
import type { Page } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { DrivenBrowser } from '../../demo/launcher/driven-browser.ts';
import { reloadOwnPage } from './own-page.ts';
import { openBrowser } from './tested-browser.ts';
import { WAIT_MS } from './world.ts';

/** The browser's own object as the page calls it, once `nameApi` has named it. */
declare const api: typeof chrome;

let browser: DrivenBrowser;
let page: Page;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());
beforeEach(async () => {
  page = await open();
  await page.evaluate(() => chrome.storage.local.remove('preferences'));
  await reload();
});
afterEach(() => page.close());

const waiting = { timeout: WAIT_MS, polling: 50 };

async function open(): Promise<Page> {
  const opened = await browser.newPage(browser.url('options.html'));
  await opened.waitForSelector('#add-keyword');
  return opened;
}

/** Adds a keyword as its user would, by keyboard alone, and gives its id. */
async function addKeyword(name: string, query: string): Promise<string> {
  const before = (await page.$$('[data-profile]')).length;
  await page.click('#add-keyword');
  await page.waitForFunction(
    (count) => document.querySelectorAll('[data-profile]').length === count + 1,
    waiting,
    before,
  );
  await page.keyboard.type(name);
  const id = await page.$eval('[data-profile]:last-child', (row) => row.getAttribute('data-profile') ?? '');
  await page.type(`#query-${id}`, query);
  return id;
}

async function isSaved(): Promise<void> {
  await page.waitForSelector('[data-saving="saved"]', { timeout: WAIT_MS });
}

function nameApi(): Promise<void> {
  return page.evaluate(() => {
    Object.assign(globalThis, { api: Reflect.get(globalThis, 'browser') ?? chrome });
  });
}

function typedIn(selector: string): Promise<string> {
  return page.$eval(selector, (input) => (input as HTMLInputElement).value);
}

async function hasValue(selector: string, value: string, on = page): Promise<void> {
  await on.waitForFunction(
    (wanted, expected) => document.querySelector<HTMLInputElement>(wanted)?.value === expected,
    waiting,
    selector,
    value,
  );
}

type Stored = { profiles: { name: string; query: string; colour: string; notify: boolean }[] };

async function stored(): Promise<Stored> {
  const { preferences } = await page.evaluate(() => chrome.storage.local.get('preferences'));
  return preferences as Stored;
}

function reload(): Promise<void> {
  return reloadOwnPage(page, '#add-keyword');
}

describe('a keyword', () => {
  test('a wrong query says at once what and where, and once it is right it is kept', async () => {
    const id = await addKeyword('Refunds', 'refund AND ');
    const query = `#query-${id}`;
    await page.waitForSelector('[data-problem="operator-without-right"]', { timeout: WAIT_MS });
    expect(await page.$eval('.fault-place', (place) => place.textContent)).toBe('refund AND ');
    expect(await page.$eval('.fault-place mark', (mark) => mark.textContent)).toBe('AND');
    expect(await page.$eval(query, (input) => input.getAttribute('aria-invalid'))).toBe('true');
    const description = await page.$eval(query, (input) => input.getAttribute('aria-describedby') ?? '');
    expect(await page.$eval(`#${description}`, (note) => note.textContent)).toContain(
      'A word is missing after this.',
    );

    await page.type(query, 'cancellation');
    await page.waitForFunction(() => document.querySelector('[data-problem]') === null, waiting);
    expect(await page.$eval(query, (input) => input.getAttribute('aria-invalid'))).toBe('false');
    await page.click(`[data-profile="${id}"] .option:has([value="violet"])`);
    await isSaved();
    await reload();
    expect(await typedIn(`#name-${id}`)).toBe('Refunds');
    expect(await typedIn(query)).toBe('refund AND cancellation');
    expect(await page.$eval(`[name="colour-${id}"]:checked`, (input) => input.getAttribute('value'))).toBe(
      'violet',
    );
  });

  test('is no mistake before anything was asked', async () => {
    await page.click('#add-keyword');
    await page.waitForSelector('[data-profile]');
    expect(await page.$$('.wrong:not(:empty)')).toEqual([]);
    await page.keyboard.press('Tab');
    await page.waitForFunction(() => document.body.textContent.includes('Enter a name.'), waiting);
  });

  test('is kept even if the page is closed in the middle of a word', async () => {
    const id = await addKeyword('Fraud', 'fraud');
    await isSaved();
    await page.type(`#query-${id}`, ' OR scam');
    await page.close();
    page = await open();
    await hasValue(`#query-${id}`, 'fraud OR scam');
  });

  test('that was removed comes back in its place, and its removal is stored', async () => {
    const first = await addKeyword('Refunds', 'refund');
    await addKeyword('Fraud', 'fraud');
    await page.click(`[data-profile="${first}"] .keyword-foot .plain`);
    await page.waitForSelector('.removed');
    expect(await page.$eval('.removed', (row) => row.textContent)).toContain('Refunds was removed.');
    await expect.poll(async () => (await stored()).profiles.map(({ name }) => name)).toEqual(['Fraud']);

    // The focus waits on Undo.
    await page.keyboard.press('Enter');
    await page.waitForSelector(`#name-${first}`);
    expect(await page.evaluate(() => document.activeElement?.id)).toBe(`name-${first}`);
    await expect
      .poll(async () => (await stored()).profiles.map(({ name }) => name))
      .toEqual(['Refunds', 'Fraud']);
  });

  test('can be tried on a sentence', async () => {
    await addKeyword('Refunds', 'refund NOT approved');
    await addKeyword('Leaving', '"cancel my account"');
    await page.type('#try', 'a refund or i cancel my account');
    await page.waitForFunction(() => document.querySelectorAll('[data-hit]').length === 2, waiting);
    expect(await page.$$eval('.sentence mark', (marks) => marks.map((mark) => mark.textContent))).toEqual([
      'refund',
      'cancel my account',
    ]);
    await page.type('#try', ' approved');
    await page.waitForFunction(() => document.querySelectorAll('[data-hit]').length === 1, waiting);
  });

  test('whose notification the browser refuses goes back, and says so', async () => {
    const id = await addKeyword('Fraud', 'fraud');
    await nameApi();
    await page.evaluate(() => {
      api.permissions.request = () => Promise.resolve(false);
    });
    await page.click(`#notify-${id}`);
    await page.waitForFunction(
      () => document.body.textContent.includes('does not let Earshot show notifications'),
      waiting,
    );
    expect(await page.$eval(`#notify-${id}`, (box) => (box as HTMLInputElement).checked)).toBe(false);
    expect((await stored()).profiles.map(({ notify }) => notify)).toEqual([false]);
  });

  test('is the last one when there are fifty', async () => {
    await page.evaluate(async () => {
      const profiles = Array.from({ length: 50 }, (_, index) => ({
        id: `p${index}`,
        name: `Keyword ${index}`,
        query: 'word',
      }));
      await chrome.storage.local.set({ preferences: { profiles } });
    });
    await page.waitForFunction(() => document.querySelectorAll('[data-profile]').length === 50, waiting);
    expect(await page.$eval('#add-keyword', (button) => (button as HTMLButtonElement).disabled)).toBe(true);
    expect(await page.$eval('#keywords .add', (add) => add.textContent)).toContain(
      'no more than 50 keywords',
    );
  });
});

describe('reading', () => {
  test('labels stay, and an empty one shows the word that is used', async () => {
    await page.type('#label-inbound-callee', 'Harper Bank');
    await isSaved();
    await reload();
    expect(await typedIn('#label-inbound-callee')).toBe('Harper Bank');
    expect(
      await page.$eval('#label-outbound-caller', (input) => (input as HTMLInputElement).placeholder),
    ).toBe('Agent');
  });

  test('the page follows the colours that are chosen', async () => {
    const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    await page.click('.option:has([name="theme"][value="dark"])');
    await page.waitForSelector('[data-theme="dark"]');
    const dark = await ground();
    await page.click('.option:has([name="theme"][value="light"])');
    await page.waitForSelector('[data-theme="light"]');
    expect(await ground()).not.toBe(dark);
    await isSaved();
    await reload();
    expect(await page.evaluate(() => document.documentElement.dataset['theme'])).toBe('light');
  });
});

describe('two pages', () => {
  test('show what the other changes, and keep what is being typed', async () => {
    const id = await addKeyword('Fraud', 'fraud');
    await isSaved();
    const other = await open();
    await other.type(`#name-${id}`, ' and scam');
    await other.click('.option:has([name="times"][value="clock"])');
    await page.bringToFront();
    await hasValue(`#name-${id}`, 'Fraud and scam');
    await page.waitForFunction(
      () => document.querySelector<HTMLInputElement>('[name="times"][value="clock"]')?.checked,
      waiting,
    );

    await page.type(`#name-${id}`, '!');
    await other
      .evaluate(() => chrome.storage.local.get('preferences'))
      .then((known) =>
        other.evaluate((preferences) => chrome.storage.local.set({ preferences }), {
          ...(known['preferences'] as object),
          side: 'left',
        }),
      );
    await page.waitForFunction(
      () => document.querySelector<HTMLInputElement>('[name="side"][value="left"]')?.checked,
      waiting,
    );
    expect(await typedIn(`#name-${id}`)).toBe('Fraud and scam!');
    await hasValue(`#name-${id}`, 'Fraud and scam!', other);
    await other.close();
  });
});

test('a browser that cannot store says so, and tries again when told to', async () => {
  await nameApi();
  await page.evaluate(() => {
    const { set } = api.storage.local;
    api.storage.local.set = () => {
      api.storage.local.set = set;
      return Promise.reject(new Error('full'));
    };
  });
  await page.click('.option:has([name="side"][value="left"])');
  await page.waitForSelector('[data-saving="failed"] button', { timeout: WAIT_MS });
  await page.click('[data-saving="failed"] button');
  await isSaved();
  await reload();
  expect(
    await page.$eval('[name="side"][value="left"]', (input) => (input as HTMLInputElement).checked),
  ).toBe(true);
});
