/** Each CRM's page with the sidebar on: what the sidebar is told of it, and where a note lands. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import type { Frame, Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ExtensionBrowser, sidebarFrame } from '../../demo/launcher/extension-browser.ts';
import { type FirefoxBrowser, findFirefox, openFirefox } from '../../demo/launcher/firefox-browser.ts';
import type { InsertOutcome, InsertTarget } from '../../utils/messaging/insertion.ts';
import type { PageRecord } from '../../utils/messaging/surface.ts';
import { actAsEditors } from '../crm/act-as-editors.ts';
import { bundleInPage } from '../crm/bundle.ts';
import { type Fixture, fixtures, readFixture } from '../crm/fixtures.ts';
import { serveFixture } from '../crm/serve-fixture.ts';
import { openBrowser, WAIT_MS } from './world.ts';

const FIRST = 'Caller: my card is lost.';
const SECOND = 'Agent: we lock it now.';

type Told = { page?: PageRecord; target?: InsertTarget; outcome?: InsertOutcome };
type Listening = typeof globalThis & { told: Told; port: chrome.runtime.Port };
type Field = { isMarked: boolean; text: string };

let script: string;
beforeAll(async () => {
  script = await bundleInPage();
});

/** Hears what a sidebar hears, over a port of its own. */
async function listen(sidebar: Frame): Promise<void> {
  await sidebar.evaluate(() => {
    const here = globalThis as Listening;
    here.told = {};
    here.port = chrome.runtime.connect({ name: 'sidebar' });
    here.port.onMessage.addListener(({ message }) => {
      if (message.type === 'page') here.told.page = message.page;
      if (message.type === 'target') here.told.target = message.target;
      if (message.type === 'inserted') here.told.outcome = message.outcome;
    });
  });
}

async function waitFor(sidebar: Frame, what: keyof Told): Promise<Told> {
  const has = (key: keyof Told) => (globalThis as Listening).told[key] !== undefined;
  await sidebar.waitForFunction(has, { polling: 50, timeout: WAIT_MS }, what);
  return sidebar.evaluate(() => (globalThis as Listening).told);
}

/** The page's own script may be lost with a navigation: it is given again. */
async function fieldsOf(page: Page): Promise<Field[]> {
  await page.evaluate(script);
  return (await page.evaluate('crm.everyField()')) as Field[];
}

async function expectNoteInComposerOnly(page: Page, sidebar: Frame, fixture: Fixture): Promise<void> {
  const before = await fieldsOf(page);
  await listen(sidebar);
  const told = await waitFor(sidebar, 'page');
  const { title, numbers, record } = fixture;
  expect(told.page).toEqual({ title, numbers, ...(record === undefined ? {} : { record }) });

  const { target } = await waitFor(sidebar, 'target');
  expect(target).toMatchObject({ label: fixture.label, lines: 'many', reach: 'direct' });
  await sidebar.evaluate(
    (targetId, text) => {
      (globalThis as Listening).port.postMessage({ type: 'insert', request: 'r1', targetId, text });
    },
    target?.id ?? '',
    `${FIRST}\n${SECOND}`,
  );
  expect((await waitFor(sidebar, 'outcome')).outcome).toBe('inserted');

  const after = await fieldsOf(page);
  expect(after.filter(({ isMarked }) => !isMarked)).toEqual(before.filter(({ isMarked }) => !isMarked));
  const [marked, ...others] = after.filter(({ isMarked }) => isMarked);
  expect(others).toEqual([]);
  expect(marked?.text.match(new RegExp(`${FIRST}|${SECOND}`, 'g'))).toEqual([FIRST, SECOND]);
}

describe('Chromium', () => {
  let browser: ExtensionBrowser;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser.close());

  test.each(fixtures)('$page', async (fixture) => {
    const page = await browser.browser.newPage();
    await page.evaluateOnNewDocument(actAsEditors);
    await serveFixture(page, fixture.address, readFixture(fixture.page));
    await page.goto(fixture.address, { waitUntil: 'load' });
    await browser.clickIcon(page);
    await expectNoteInComposerOnly(page, await sidebarFrame(page), fixture);
    await page.close();
  });
});

/** Those of the users' own addresses, which can stand under any. */
describe('Firefox', () => {
  const own = fixtures.filter(({ address }) => address.startsWith('https://help.example.com/'));
  const server = createServer((request, response) => {
    const fixture = own.find(({ address }) => {
      const { pathname, search } = new URL(address);
      return pathname + search === request.url;
    });
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.end(fixture === undefined ? '' : readFixture(fixture.page));
  });
  let browser: FirefoxBrowser;
  beforeAll(async () => {
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    browser = await openFirefox({
      executablePath: findFirefox(process.env),
      extensionPath: resolve(import.meta.dirname, '../../.output/firefox-mv3'),
      headless: true,
    });
  });
  afterAll(async () => {
    await browser.close();
    server.closeAllConnections();
    server.close();
  });

  test.each(own)('$page', async (fixture) => {
    const { pathname, search, hash } = new URL(fixture.address);
    const page = await browser.newPage('about:blank');
    await page.evaluateOnNewDocument(actAsEditors);
    const { port } = server.address() as AddressInfo;
    await page.goto(`http://127.0.0.1:${port}${pathname}${search}${hash}`, { waitUntil: 'load' });
    await browser.clickIcon(page);
    await expectNoteInComposerOnly(page, await browser.sidebarFrame(page), fixture);
    await page.close();
  });
});
