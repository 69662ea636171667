/**
 * Policies of this computer in real browsers: from the file an administrator lays down to the fields that cannot be
 * changed, and back. Needs the right to write into the browser's folder of policies, as root has it.
 */
import { resolve } from 'node:path';
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ExtensionBrowser, openExtensionBrowser } from '../../demo/launcher/extension-browser.ts';
import { findBrowser } from '../../demo/launcher/find-browser.ts';
import { type FirefoxBrowser, findFirefox, openFirefox } from '../../demo/launcher/firefox-browser.ts';
import { type KeyedExtension, makeKeyedExtension } from './keyed-extension.ts';
import { type PolicyFile, policyFileOf } from './managed-folder.ts';
import { WAIT_MS } from './world.ts';

const FIREFOX_EXTENSION = resolve(import.meta.dirname, '../../.output/firefox-mv3');
const GECKO_ID = 'earshot@earshot.invalid';
/** Browsers take a changed file in after some seconds of quiet. */
const waiting = { timeout: WAIT_MS, polling: 50 };

const acme = {
  organization: 'Acme IT',
  locked: {
    relays: [{ name: 'Acme', address: 'wss://relay.acme.test', token: 'shared-token' }],
    sites: [{ origin: 'https://acme.zendesk.com' }],
    keepMinutes: 60,
    profiles: [{ name: 'Refunds', query: 'refund', colour: 'red' }],
    redaction: { cards: true, phones: true },
    theme: 'dark',
  },
  defaults: { side: 'left' },
};

/** What stands in a field. */
function isChecked(page: Page, selector: string): Promise<boolean> {
  return page.$eval(selector, (box) => box instanceof HTMLInputElement && box.checked);
}

function isDisabled(page: Page, selector: string): Promise<boolean> {
  return page.$eval(selector, (field) => field.matches(':disabled'));
}

async function waitForNote(page: Page, of: string, note: string | undefined): Promise<void> {
  await page.waitForFunction(
    (key, wanted) =>
      document.querySelector(`[data-locked="${key}"]`)?.textContent.includes(wanted ?? '') === true
        ? wanted !== null
        : wanted === null && document.querySelector(`[data-locked="${key}"]`) === null,
    waiting,
    of,
    note ?? null,
  );
}

async function expectAcme(page: Page): Promise<void> {
  for (const key of ['profiles', 'redaction', 'theme', 'relays', 'sites', 'keepMinutes']) {
    await waitForNote(page, key, 'Set by Acme IT');
  }
  expect(await page.evaluate(() => document.documentElement.dataset['theme'])).toBe('dark');
  expect(await isChecked(page, '#hide-phones')).toBe(true);
  expect(await isDisabled(page, '#hide-phones')).toBe(true);
  expect(await isDisabled(page, '#add-keyword')).toBe(true);
  expect(await isDisabled(page, '#keep-minutes')).toBe(true);
  expect(await page.$eval('#keep-minutes', (select) => (select as HTMLSelectElement).value)).toBe('60');
  expect(await page.$eval('[data-profile] input', (field) => (field as HTMLInputElement).value)).toBe(
    'Refunds',
  );
  expect(await page.$eval('body', (body) => body.textContent)).toContain('acme.zendesk.com');
  expect(await page.$eval('#address', (field) => (field as HTMLInputElement).value)).toBe(
    'wss://relay.acme.test',
  );
  // A default holds and is free.
  expect(await isChecked(page, 'input[name="side"][value="left"]')).toBe(true);
  expect(await isDisabled(page, 'input[name="side"][value="left"]')).toBe(false);
}

describe('in Chromium', () => {
  let extension: KeyedExtension;
  let file: PolicyFile;
  let browser: ExtensionBrowser | undefined;
  let page: Page;

  const lay = (policy: unknown) => file.write({ '3rdparty': { extensions: { [extension.id]: policy } } });

  beforeAll(async () => {
    extension = makeKeyedExtension();
    file = policyFileOf(findBrowser(process.env, console.log));
    lay(acme);
    browser = await openExtensionBrowser({
      executablePath: findBrowser(process.env, console.log),
      extensionPath: extension.path,
      headless: true,
    });
    page = await browser.newPage(browser.url('options.html'));
  });
  afterAll(async () => {
    file.remove();
    await browser?.close();
    extension.remove();
  });

  test('what is locked holds, cannot be changed, and says by whom', async () => {
    await expectAcme(page);
    expect(await page.$eval('[data-managed-locked]', ({ textContent }) => textContent)).toContain(
      'Keep a call, Keywords',
    );
    expect(await page.$('[data-problem]')).toBe(null);
  });

  test('a changed file is taken in while everything runs, and what is wrong in it is told', async () => {
    lay({
      organization: 'Acme IT',
      locked: { side: 'right', sites: [{ origin: 'acme' }], keepMinutes: 240 },
    });
    await waitForNote(page, 'side', 'Set by Acme IT');
    await waitForNote(page, 'theme', undefined);
    expect(await isDisabled(page, 'input[name="side"][value="left"]')).toBe(true);
    expect(await isDisabled(page, '#hide-phones')).toBe(false);
    expect(await page.$eval('#keep-minutes', (select) => (select as HTMLSelectElement).value)).toBe('240');
    expect(await page.$eval('[data-problem]', (item) => item.getAttribute('data-problem'))).toBe(
      'locked.sites[0]',
    );
    // Pressed where it stands: another tab may have come to the front.
    await page.$eval('#hide-phones', (box) => (box as HTMLElement).click());
    await page.waitForSelector('[data-saving="saved"]', { timeout: WAIT_MS });
  });

  test('without the file everything is free, and nothing of the policy is left behind', async () => {
    file.remove();
    await waitForNote(page, 'side', undefined);
    await page.waitForFunction(() => document.querySelector('[data-managed]') === null, waiting);
    expect(await page.evaluate(() => chrome.storage.local.get())).toMatchObject({
      preferences: { redaction: { phones: true } },
    });
    const stored = await page.evaluate(async () => JSON.stringify(await chrome.storage.local.get()));
    expect(stored).not.toMatch(/acme|shared-token|"side"|Refunds/);
  });
});

describe('in Firefox', () => {
  let file: PolicyFile;
  let browser: FirefoxBrowser | undefined;

  beforeAll(async () => {
    file = policyFileOf(findFirefox(process.env));
    file.write({ policies: { '3rdparty': { Extensions: { [GECKO_ID]: acme } } } });
    browser = await openFirefox({
      executablePath: findFirefox(process.env),
      extensionPath: FIREFOX_EXTENSION,
      headless: true,
    });
  });
  afterAll(async () => {
    file.remove();
    await browser?.close();
  });

  test('what is locked holds, cannot be changed, and says by whom', async () => {
    if (browser === undefined) throw new Error('Firefox did not start.');
    const page = await browser.newPage(browser.url('options.html'));
    await page.waitForSelector('#keep-minutes', { timeout: WAIT_MS });
    await expectAcme(page);
  });
});
