/** A policy of an administrator, and the settings page with it. */
import type { Page } from 'puppeteer-core';
import { expect } from 'vitest';
import { WAIT_MS } from './world.ts';

/** Browsers take a changed file in after some seconds of quiet. */
export const waiting = { timeout: WAIT_MS, polling: 50 };

export const acme = {
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

function isChecked(page: Page, selector: string): Promise<boolean> {
  return page.$eval(selector, (box) => box instanceof HTMLInputElement && box.checked);
}

export function isDisabled(page: Page, selector: string): Promise<boolean> {
  return page.$eval(selector, (field) => field.matches(':disabled'));
}

/** Waits until what stands beside the setting `of` holds `note`, or until nothing does. */
export async function waitForNote(page: Page, of: string, note: string | undefined): Promise<void> {
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

/** Everything that is set there holds, and what is locked says so. */
export async function expectAcme(page: Page): Promise<void> {
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
  expect(await page.$eval('[data-managed-locked]', ({ textContent }) => textContent)).toContain(
    'Keep a call, Keywords',
  );
  expect(await page.$('[data-problem]')).toBe(null);
  // A default holds and is free.
  expect(await isChecked(page, 'input[name="side"][value="left"]')).toBe(true);
  expect(await isDisabled(page, 'input[name="side"][value="left"]')).toBe(false);
}
