/**
 * Policies of this computer in a real Chromium: from the file an administrator lays down to the fields that cannot be
 * changed, and back. Needs the right to write into the browser's folder of policies, as root has it.
 */
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ExtensionBrowser, openExtensionBrowser } from '../../demo/launcher/extension-browser.ts';
import { findBrowser } from '../../demo/launcher/find-browser.ts';
import { acme, expectAcme, isDisabled, waitForNote, waiting } from './acme-policy.ts';
import { type KeyedExtension, makeKeyedExtension } from './keyed-extension.ts';
import { type PolicyFile, policyFileOf } from './managed-folder.ts';
import { WAIT_MS } from './world.ts';

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

test('what is locked holds, cannot be changed, and says by whom', () => expectAcme(page));

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
