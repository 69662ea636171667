/** What is read of each CRM's page, in a real browser: record, numbers, and the editor a note belongs into. */
import { type Browser, launch, type Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findBrowser } from '../../demo/launcher/find-browser.ts';
import { findFirefox } from '../../demo/launcher/firefox-browser.ts';
import type { PageRecord } from '../../utils/messaging/surface.ts';
import { bundleInPage } from '../crm/bundle.ts';
import { fixtures, readFixture } from '../crm/fixtures.ts';
import { serveFixture } from '../crm/serve-fixture.ts';
import { testedBrowser } from './tested-browser.ts';

let browser: Browser;
let page: Page;
let script: string;
beforeAll(async () => {
  script = await bundleInPage();
  browser = await openPlainBrowser();
  page = await browser.newPage();
});
afterAll(() => browser.close());

/** The browser that this run is about, without the extension. */
function openPlainBrowser(): Promise<Browser> {
  if (testedBrowser === 'firefox')
    return launch({ browser: 'firefox', executablePath: findFirefox(process.env), headless: true });
  return launch({
    executablePath: findBrowser(process.env, console.log),
    headless: true,
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  });
}

async function open(address: string, html: string): Promise<void> {
  const stop = await serveFixture(page, address, html);
  await page.goto(address, { waitUntil: 'load' });
  await page.evaluate(script);
  await stop();
}

const read = () => page.evaluate('crm.read()') as Promise<PageRecord>;
const findsMarked = () => page.evaluate('crm.findsMarked()');

describe('each page', () => {
  test.each(fixtures)('$page', async ({ page: name, address, title, record, numbers }) => {
    await open(address, readFixture(name));
    expect(await read()).toEqual({ title, numbers, ...(record === undefined ? {} : { record }) });
    expect(await findsMarked()).toBe(true);
  });
});

describe('a page of a known CRM that differs', () => {
  const ZENDESK = 'https://acme.zendesk.com/agent/tickets/1042';
  const CASES: [string, string, string, Partial<PageRecord>][] = [
    [
      'is another kind of page, with an editor of its own',
      'https://acme.zendesk.com/agent/something/new',
      '<title>New page</title><p>+1 512 555 0142</p><textarea data-expected></textarea>',
      { title: 'New page', numbers: ['+15125550142'] },
    ],
    [
      'calls its composer something else',
      ZENDESK,
      '<title>Ticket</title><input data-test-id="omni-header-subject" value="Lost"><div contenteditable="true" data-expected>Text</div>',
      { title: 'Lost', record: { kind: 'ticket', id: '1042' } },
    ],
    [
      'has several editors, of which none is known',
      ZENDESK,
      '<title>Ticket</title><textarea></textarea><textarea></textarea><i data-expected-none></i>',
      { title: 'Ticket', record: { kind: 'ticket', id: '1042' } },
    ],
    [
      'shows the person elsewhere',
      ZENDESK,
      '<title>Ticket</title><div data-test-id="customer-context-pane">Ann</div><p>+1 512 555 0142</p><i data-expected-none></i>',
      { numbers: ['+15125550142'] },
    ],
    [
      'has closed its composer for writing',
      ZENDESK,
      '<title>Ticket</title><div data-test-id="omnicomposer-rich-text-ckeditor" contenteditable="true" aria-readonly="true">Sent</div><i data-expected-none></i>',
      {},
    ],
    [
      'lies under a dialog that makes it inert',
      ZENDESK,
      '<title>Ticket</title><main inert><div data-test-id="omnicomposer-rich-text-ckeditor" contenteditable="true">Text</div></main><i data-expected-none></i>',
      {},
    ],
  ];
  test.each(CASES)('%s', async (_name, address, html, expected) => {
    await open(address, `<!doctype html><meta charset="utf-8">${html}`);
    expect(await read()).toMatchObject(expected);
    expect(await findsMarked()).toBe(true);
  });

  test('is read anew when it goes to another record without loading', async () => {
    await open(ZENDESK, readFixture('zendesk'));
    await page.evaluate(() => history.pushState(null, '', '/agent/tickets/1043'));
    expect((await read()).record).toEqual({ kind: 'ticket', id: '1043' });
    await page.evaluate(() => history.pushState(null, '', '/agent/dashboard'));
    expect((await read()).record).toBeUndefined();
  });
});
