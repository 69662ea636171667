/** Settings go into a file, are forgotten, and come back from it. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DrivenBrowser } from '../../demo/launcher/driven-browser.ts';
import { openBrowser } from './tested-browser.ts';
import { WAIT_MS } from './world.ts';

const waiting = { timeout: WAIT_MS, polling: 50 };

const settings = {
  version: 2,
  relays: [{ id: 'a', name: 'Support', address: 'wss://one.test', plain: false, rememberToken: true }],
  sites: [{ origin: 'https://acme.zendesk.com', relay: '' }],
};
const preferences = {
  theme: 'dark',
  profiles: [{ id: 'p', name: 'Refunds', query: 'refund', colour: 'red', badge: true }],
};
const tokens = { a: { token: 'my-secret-token', address: 'wss://one.test' } };

const folder = mkdtempSync(join(tmpdir(), 'earshot-backup-'));
const path = join(folder, 'earshot-settings.json');
let browser: DrivenBrowser;
let page: Page;

beforeAll(async () => {
  browser = await openBrowser();
  page = await browser.newPage(browser.url('options.html#backup'));
  await page.waitForSelector('#export', { timeout: WAIT_MS });
  await page.evaluate(
    async (kept) => {
      await chrome.storage.local.set(kept);
    },
    { settings, preferences, tokens },
  );
  await page.waitForSelector('[data-profile="p"]', { timeout: WAIT_MS });
});
afterAll(async () => {
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Presses it where it stands: the page may scroll under a pointer. */
async function press(id: string): Promise<void> {
  const button = await page.waitForSelector(id, { timeout: WAIT_MS });
  await button?.evaluate((found) => (found as HTMLElement).click());
}

/** What the page would have saved, instead of a download that each browser does its own way. */
async function exported(): Promise<string> {
  await page.evaluate(() => {
    const create = URL.createObjectURL;
    URL.createObjectURL = (blob) => {
      if (blob instanceof Blob)
        void blob.text().then((text) => document.body.setAttribute('data-saved', text));
      return create.call(URL, blob);
    };
  });
  await press('#export');
  await page.waitForSelector('[data-saved]', { timeout: WAIT_MS });
  return page.$eval('[data-saved]', (body) => body.getAttribute('data-saved') ?? '');
}

async function choose(text: string): Promise<void> {
  writeFileSync(path, text);
  const input = await page.$('input#import-file');
  if (input === null) throw new Error('No file can be chosen.');
  await input.uploadFile(path);
}

function stored(): Promise<Record<string, unknown>> {
  return page.evaluate(() => chrome.storage.local.get(['settings', 'preferences', 'tokens']));
}

test('everything but the tokens is in the file', async () => {
  const text = await exported();
  writeFileSync(path, text);
  expect(JSON.parse(text)).toMatchObject({
    earshot: 'settings',
    settings: { relays: settings.relays, sites: settings.sites },
    preferences: { theme: 'dark' },
  });
  expect(text).not.toContain('my-secret-token');
});

test('a reset asks first, forgets everything, and can be undone', async () => {
  await press('#reset');
  await press('#reset-yes');
  await page.waitForSelector('[data-done="reset"]', { timeout: WAIT_MS });
  expect(await stored()).toEqual({});
  await page.waitForFunction(() => document.querySelector('[data-profile]') === null, waiting);
  await press('#undo');
  await page.waitForSelector('[data-profile="p"]', { timeout: WAIT_MS });
  expect(await stored()).toEqual({ settings, preferences, tokens });
  await press('#reset');
  await press('#reset-yes');
  await page.waitForSelector('[data-done="reset"]', { timeout: WAIT_MS });
});

test('the file says what it would change, and brings it back', async () => {
  await choose(readFileSync(path, 'utf8'));
  await page.waitForSelector('[data-change="relays"]', { timeout: WAIT_MS });
  const changes = await page.$$eval('[data-change]', (rows) =>
    rows.map((row) => row.getAttribute('data-change')),
  );
  expect(changes).toEqual(['relays', 'sites', 'theme', 'profiles']);
  expect(await page.$eval('[data-change="relays"]', ({ textContent }) => textContent)).toContain('0 → 1');
  expect(await stored()).toEqual({});
  await press('#import-apply');
  await page.waitForSelector('[data-done="imported"]', { timeout: WAIT_MS });
  await page.waitForSelector('[data-profile="p"]', { timeout: WAIT_MS });
  expect(await stored()).toMatchObject({
    settings: { relays: settings.relays },
    preferences: { theme: 'dark' },
  });
  await press('#undo');
  await page.waitForFunction(() => document.querySelector('[data-profile]') === null, waiting);
  expect(await stored()).toEqual({});
});

test.each([
  ['not-json', '{"earshot":'],
  ['not-earshot', '{"name":"x"}'],
  ['newer', '{"earshot":"settings","version":99}'],
  ['too-large', 'x'.repeat(1_000_001)],
])('a file that is %s is refused in words', async (fault, text) => {
  await choose(text);
  await page.waitForSelector(`[data-file-fault="${fault}"]`, { timeout: WAIT_MS });
  expect(await page.$eval('[data-file-fault]', ({ textContent }) => textContent)).toMatch(/file .*\./);
});

test('what a file says that is not understood is named, and left out', async () => {
  await choose(
    JSON.stringify({ earshot: 'settings', version: 2, preferences: { theme: 'sepia', side: 'left' } }),
  );
  await page.waitForSelector('[data-left-out="preferences.theme"]', { timeout: WAIT_MS });
  await press('#import-apply');
  await page.waitForSelector('[data-done="imported"]', { timeout: WAIT_MS });
  expect(await stored()).toMatchObject({ preferences: { side: 'left' } });
});
