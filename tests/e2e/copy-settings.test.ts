/** The settings for copying and for what is hidden: kept, shown by example, and undone. */
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DrivenBrowser } from '../../demo/launcher/driven-browser.ts';
import { openBrowser } from './tested-browser.ts';
import { WAIT_MS } from './world.ts';

let browser: DrivenBrowser;
let page: Page;
beforeAll(async () => {
  browser = await openBrowser();
  page = await open();
});
afterAll(() => browser.close());

const waiting = { timeout: WAIT_MS, polling: 50 };

async function open(): Promise<Page> {
  const opened = await browser.newPage(browser.url('options.html'));
  await opened.waitForSelector('#add-template', { timeout: WAIT_MS });
  return opened;
}

function textOf(selector: string): Promise<string> {
  return page.$eval(selector, ({ textContent }) => textContent ?? '');
}

async function says(selector: string, text: string): Promise<void> {
  await page.waitForFunction(
    (wanted, part) => document.querySelector(wanted)?.textContent?.includes(part) ?? false,
    waiting,
    selector,
    text,
  );
}

/** Adds a row by the button and gives its id; the name has the focus. */
async function add(kind: 'template' | 'pattern', name: string): Promise<string> {
  await page.click(`#add-${kind}`);
  await page.waitForFunction(() => document.activeElement?.id.startsWith('name-'), waiting);
  await page.keyboard.type(name);
  return page.$eval(
    `[data-${kind}]:last-child`,
    (row) => Object.values((row as HTMLElement).dataset)[0] ?? '',
  );
}

/** As the page stored it, once `part` stands in it. */
async function stored(part: string): Promise<string> {
  const handle = await page.waitForFunction(
    async (wanted) => {
      const kept = JSON.stringify(await chrome.storage.local.get('preferences'));
      return kept.includes(wanted) ? kept : false;
    },
    waiting,
    part,
  );
  return String(await handle.jsonValue());
}

describe('the settings for copies', () => {
  test('each format is shown on a call whose words look like markup', async () => {
    for (const id of ['markdown', 'html', 'json', 'webvtt', 'plain']) {
      await page.select('#copy-format', id);
      await page.waitForSelector(`[data-preview="${id}"]`, { timeout: WAIT_MS });
      expect(await textOf(`[data-preview="${id}"]`)).toContain('urgent');
    }
    expect(await page.$$('.preview pre *')).toEqual([]);
    await page.select('#copy-format', 'webvtt');
    expect(await stored('"copyFormat":"webvtt"')).toContain('webvtt');
  });

  test('a format of one’s own is made, shown, told what it does not know, removed and had back', async () => {
    const id = await add('template', 'Zendesk');
    await says(`[data-preview="own:${id}"]`, '[00:12] ');
    await page.click(`#line-${id}`, { count: 3 });
    await page.keyboard.type('{speaker} said {text} {nobody}');
    await says(`[data-preview="own:${id}"]`, 'said my card is lost');
    expect(await page.$eval(`#line-${id}`, (field) => field.getAttribute('aria-invalid'))).toBe('true');
    await says(`#line-${id}-note`, '{nobody}');
    await page.select('#copy-format', `own:${id}`);
    expect(await stored(`own:${id}`)).toContain('{speaker} said');
    await page.click(`[data-template="${id}"] .row-foot .plain`);
    await page.waitForSelector(`[data-template="${id}"] .removed`, { timeout: WAIT_MS });
    // Where the chosen format is gone, lines are plain.
    expect(await page.$eval('#copy-format', (select) => (select as HTMLSelectElement).value)).toBe('plain');
    await page.keyboard.press('Enter');
    await page.waitForSelector(`#name-${id}:focus`, { timeout: WAIT_MS });
    expect(await page.$eval('#copy-format', (select) => (select as HTMLSelectElement).value)).toBe(
      `own:${id}`,
    );
  });

  test('the country is the browser’s until another is chosen', async () => {
    expect(await page.$eval('#country option', ({ textContent }) => textContent)).toContain('United States');
    await page.select('#country', 'DE');
    expect(await stored('"country":"DE"')).toContain('DE');
  });
});

describe('what is hidden', () => {
  test('is tried on a sentence', async () => {
    await page.type('#try-hiding', 'my card is 4242 4242 4242 4242');
    await says('[data-left]', '[card]');
    expect(await textOf('[data-left]')).not.toContain('4242');
    await page.click('#hide-cards');
    await says('[data-left]', '4242');
    await page.click('#hide-cards');
  });

  test('holds patterns of one’s own', async () => {
    const id = await add('pattern', 'customer');
    await page.type(`#pattern-${id}`, 'AB-####');
    await page.click('#try-hiding', { count: 3 });
    await page.keyboard.type('i am ab-1234 you know');
    await says('[data-left]', 'i am [customer] you know');
    expect(await stored('AB-####')).toContain('customer');
  });

  test('two pages that change a rule each keep both', async () => {
    const other = await open();
    await other.click('#hide-emails');
    await other.waitForSelector('[data-saving="saved"]', { timeout: WAIT_MS });
    await page.bringToFront();
    await page.click('#hide-phones');
    await page.waitForFunction(
      () => document.querySelector<HTMLInputElement>('#hide-emails')?.checked,
      waiting,
    );
    await other.close();
    await page.waitForFunction(async () => {
      const { preferences } = await chrome.storage.local.get<{
        preferences: { redaction: Record<string, boolean> };
      }>('preferences');
      return preferences.redaction['emails'] && preferences.redaction['phones'];
    }, waiting);
  });
});
