/** Each CRM's page with the sidebar on: what the sidebar is told of it, and where a note lands. */
import type { Frame, Page } from 'puppeteer-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DrivenBrowser } from '../../demo/launcher/driven-browser.ts';
import type { InsertOutcome, InsertTarget } from '../../utils/messaging/insertion.ts';
import type { PageRecord } from '../../utils/messaging/surface.ts';
import { actAsEditors } from '../crm/act-as-editors.ts';
import { bundleInPage } from '../crm/bundle.ts';
import { type Fixture, fixtures, readFixture } from '../crm/fixtures.ts';
import { serveFixture } from '../crm/serve-fixture.ts';
import { openBrowser, testedBrowser } from './tested-browser.ts';
import { WAIT_MS } from './world.ts';

const FIRST = 'Caller: my card is lost.';
const SECOND = 'Agent: we lock it now.';

/** In Firefox nothing is put into Quill in a shadow root: see `utils/editor/choose-way.ts`. */
const notTaken = testedBrowser === 'firefox' ? ['salesforce-native-shadow'] : [];

type Told = { page?: PageRecord; target?: InsertTarget; outcome?: InsertOutcome };
type Listening = typeof globalThis & { told: Told; port: chrome.runtime.Port };
type Field = { isMarked: boolean; text: string };

let script: string;
let browser: DrivenBrowser;
beforeAll(async () => {
  script = await bundleInPage();
  browser = await openBrowser();
});
afterAll(() => browser.close());

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
  const isTaken = !notTaken.includes(fixture.page);
  expect((await waitFor(sidebar, 'outcome')).outcome).toBe(isTaken ? 'inserted' : 'not-taken');

  const after = await fieldsOf(page);
  expect(after.filter(({ isMarked }) => !isMarked)).toEqual(before.filter(({ isMarked }) => !isMarked));
  const [marked, ...others] = after.filter(({ isMarked }) => isMarked);
  expect(others).toEqual([]);
  const lines = marked?.text.match(new RegExp(`${FIRST}|${SECOND}`, 'g'));
  expect(lines ?? []).toEqual(isTaken ? [FIRST, SECOND] : []);
}

test.each(fixtures)('$page', async (fixture) => {
  const page = await browser.browser.newPage();
  await page.evaluateOnNewDocument(actAsEditors);
  await serveFixture(page, fixture.address, readFixture(fixture.page));
  await page.goto(fixture.address, { waitUntil: 'load' });
  await browser.clickIcon(page);
  await expectNoteInComposerOnly(page, await browser.sidebarFrame(page), fixture);
  await page.close();
});
