/** The inspector in a real browser: events that nobody could read are mapped by clicks, and their lines appear. */
import axe from 'axe-core';
import { pino } from 'pino';
import type { Frame, Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { waitForConnection } from '../../demo/launcher/agent-walk.ts';
import type { DrivenBrowser } from '../../demo/launcher/driven-browser.ts';
import { type Simulator, startSimulator } from '../../demo/simulator/start-simulator.ts';
import { hashToken } from '../../relay/access/authenticate.ts';
import { readConfig } from '../../relay/config/config.ts';
import { type RunningRelay, startRelay } from '../../relay/run-relay.ts';
import { keptLog } from '../secrecy/kept-logs.ts';
import { chooseTheme, waitForOwnPage } from './own-page.ts';
import { openBrowser } from './tested-browser.ts';
import {
  AGENT_TOKEN,
  PLATFORM_TOKEN,
  showCall,
  shownLines,
  startPage,
  startTestRelay,
  WAIT_MS,
} from './world.ts';

const CALL = 'c-77';
const waiting = { timeout: WAIT_MS, polling: 50 };

/** Fields renamed, nested three deep, the text in a list, the side and the state as words. */
function foreign(who: 'agent' | 'client', text: string, status = 'settled'): string {
  const tokens = text.split(' ').map((w) => ({ w }));
  return JSON.stringify({ envelope: { session: { ref: CALL }, utterance: { who, tokens, status } } });
}

const before = [
  foreign('client', 'hello i lost my card'),
  foreign('agent', 'let me look'),
  foreign('client', 'thank you very much'),
];
const linesBefore = [
  { text: 'hello i lost my card', leg: 'caller', final: true },
  { text: 'let me look', leg: 'callee', final: true },
  { text: 'thank you very much', leg: 'caller', final: true },
];

let simulator: Simulator;
let relay: RunningRelay;
let site: { url: string; stop(): Promise<void> };
let browser: DrivenBrowser;
/** As the inspector gave it away. */
let exported = '';

beforeAll(async () => {
  simulator = await startSimulator({ port: 0, script: '10141', token: PLATFORM_TOKEN });
  relay = await startTestRelay(simulator.url, { write: () => {} });
  site = await startPage();
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  await relay.stop();
  await simulator.stop();
  await site.stop();
});

/** A sidebar of a fresh profile, connected. */
async function openConnected(
  inside: DrivenBrowser,
  address: string,
): Promise<{ page: Page; sidebar: Frame }> {
  const options = await inside.newPage(inside.url('options.html'));
  await options.waitForSelector('.nav', { timeout: WAIT_MS });
  await options.evaluate(
    async (known) => {
      const relays = [{ id: 'r1', name: '', address: known.address, plain: false, rememberToken: false }];
      await chrome.storage.session.set({ tokens: { r1: known } });
      await chrome.storage.local.set({ settings: { version: 2, relays } });
    },
    { address, token: AGENT_TOKEN },
  );
  await options.close();
  const page = await inside.newPage(site.url);
  await inside.clickIcon(page);
  const sidebar = await inside.sidebarFrame(page);
  await waitForConnection(sidebar);
  return { page, sidebar };
}

/** Clicks a value of the chosen event, and in its menu what it is. */
async function say(page: Page, path: string, field: string): Promise<void> {
  await page.click(`[data-path="${path}"] .ask`);
  await page.waitForSelector('[role="menu"]', { timeout: WAIT_MS });
  await page.locator(`[role="menuitemcheckbox"] ::-p-text(${field})`).click();
  await page.waitForSelector(`[data-path="${path}"] .tag`, { timeout: WAIT_MS });
}

function statusOf(page: Page): Promise<string> {
  return page.$eval('[data-owner]', (status) => status.textContent);
}

/** What axe finds, in light and in dark. */
async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const found: string[] = [];
  for (const value of ['light', 'dark'] as const) {
    await chooseTheme(page, value);
    const told = await page.evaluate(async () => {
      const { axe: injected } = globalThis as unknown as { axe: typeof axe };
      const result = await injected.run();
      return result.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
    });
    found.push(...told.map((violation) => `${value}: ${violation}`));
  }
  return found;
}

describe('events of a form that nobody knows', () => {
  let page: Page;
  let sidebar: Frame;
  let inspector: Page;

  test('are told in the sidebar, which leads to the inspector', async () => {
    ({ page, sidebar } = await openConnected(browser, relay.url));
    for (const event of before) simulator.sendRaw(event);
    await sidebar.waitForSelector('[data-unread="3"]', { timeout: WAIT_MS });
    await sidebar.$eval('[data-look]', (button) => (button as HTMLButtonElement).click());
    inspector = await waitForOwnPage(browser, 'options.html#inspector');
    await inspector.waitForFunction(
      () => document.querySelectorAll('[data-event][data-became="unread"]').length === 3,
      waiting,
    );
    expect(await violations(inspector)).toEqual([]);
  });

  test('are mapped by clicks alone, and what is read changes with every click', async () => {
    await inspector.click('[data-event]');
    await inspector.waitForSelector('[data-chosen]');
    await say(inspector, 'envelope.session.ref', 'Call id');
    await say(inspector, 'envelope.utterance.tokens.0.w', 'Text');
    expect(await inspector.$eval('[data-read="mapText"] dd', (value) => value.textContent)).toBe(
      'thank you very much',
    );
    await say(inspector, 'envelope.utterance.who', 'Side');
    await say(inspector, 'envelope.utterance.status', 'Final or not');
    await inspector.click('[data-meaning="leg"][data-value="agent"] .option:has([value="callee"])');
    await inspector.click('[data-meaning="leg"][data-value="client"] .option:has([value="caller"])');
    await inspector.click('[data-meaning="final"][data-value="settled"] .option:has([value="yes"])');
    await inspector.waitForSelector('[data-lines="3"][data-of="3"]', { timeout: WAIT_MS });
    expect(
      await inspector.$$eval('.by-map li', (lines) => lines.map((line) => line.getAttribute('data-leg'))),
    ).toEqual(['caller', 'callee', 'caller']);
    expect(await statusOf(inspector)).toBe('Changed, and not saved yet.');
    expect(await violations(inspector)).toEqual([]);
  });

  test('are mapped by keyboard as well, and the menu is no worse to a screen reader', async () => {
    const value = '[data-path="envelope.utterance.tokens.1.w"] .ask';
    await inspector.focus(value);
    await inspector.keyboard.press('Enter');
    await inspector.waitForSelector('[role="menuitemradio"]:focus');
    expect(await violations(inspector)).toEqual([]);
    await inspector.keyboard.press('ArrowRight');
    await inspector.keyboard.press('Enter');
    for (const key of ['ArrowDown', 'ArrowDown', 'Enter'] as const) await inspector.keyboard.press(key);
    await inspector.waitForFunction(
      () => document.querySelector('[data-read="mapText"] dd')?.textContent === 'you',
      waiting,
    );
    await inspector.waitForSelector(`${value}:focus`);
    await say(inspector, 'envelope.utterance.tokens.0.w', 'Text');
    await inspector.waitForSelector('[data-lines="3"]', { timeout: WAIT_MS });
  });

  test('wait while one of them is studied, and are shown when it is not any more', async () => {
    simulator.sendRaw(foreign('agent', 'one moment please', 'growing'));
    await inspector.waitForFunction(() => document.body.textContent.includes('1 new'), waiting);
    expect(await inspector.$$('[data-event]')).toHaveLength(3);
    await inspector.click('#go-on');
    await inspector.waitForFunction(() => document.querySelectorAll('[data-event]').length === 4, waiting);
    await inspector.click('[data-meaning="final"][data-value="growing"] .option:has([value="no"])');
  });

  test('become lines in the sidebar once the map is saved, also those that came before', async () => {
    expect(await sidebar.$$('[data-line]')).toEqual([]);
    await inspector.click('#save-map');
    await inspector.waitForSelector('[data-saving="saved"][data-owner="own"]', { timeout: WAIT_MS });
    await page.bringToFront();
    await showCall(sidebar, CALL);
    await sidebar.waitForFunction(() => document.querySelectorAll('[data-line]').length === 4, waiting);
    expect(await shownLines(sidebar)).toEqual([
      ...linesBefore,
      { text: 'one moment please', leg: 'callee', final: false },
    ]);
    expect(await sidebar.$('[data-unread]')).toBeNull();
    simulator.sendRaw(foreign('agent', 'one moment please it is done'));
    await sidebar.waitForFunction(() => document.body.textContent.includes('it is done'), waiting);
  });

  test('are given away as text that is taken back as it was', async () => {
    await inspector.bringToFront();
    await inspector.click('#export-map');
    exported = await inspector.$eval('[data-json="map"]', (text) => text.textContent);
    expect(JSON.parse(`{${exported}}`)).toMatchObject({
      fieldMap: {
        paths: { text: ['envelope', 'utterance', 'tokens', '*', 'w'] },
        legValues: { agent: 'callee', client: 'caller' },
        finalValues: { settled: true, growing: false },
      },
    });
    await inspector.click('#forget-map');
    await inspector.waitForSelector('[data-owner="none"]', { timeout: WAIT_MS });
    expect(await inspector.$eval('[data-lines]', (count) => count.getAttribute('data-lines'))).toBe('0');
    await inspector.click('#import-map');
    await inspector.type('#pasted-map', '{"paths":{"text":"a.b"}}');
    await inspector.click('#take-map');
    await inspector.waitForFunction(
      () => document.querySelector('#pasted-map-wrong')?.textContent.endsWith('paths.text'),
      waiting,
    );
    expect(await violations(inspector)).toEqual([]);
    await inspector.locator('#pasted-map').fill(exported);
    await inspector.click('#take-map');
    await inspector.waitForFunction(
      () => document.querySelector('[data-lines]')?.getAttribute('data-lines') === '5',
      waiting,
    );
    await inspector.click('#undo-map');
    await inspector.waitForSelector('[data-lines="0"]', { timeout: WAIT_MS });
  });
});

test('the exported map in the relay’s configuration lets another agent read all, without a map of their own', async () => {
  const config = `{
    "listen": { "port": 0 },
    "upstream": { "url": "${simulator.url}" },
    "agents": [{ "name": "Bob", "tokenSha256": "${hashToken(AGENT_TOKEN)}", "calls": "all" }],
    ${exported}
  }`;
  const read = readConfig(config, { EARSHOT_PLATFORM_TOKEN: PLATFORM_TOKEN });
  if (!read.ok) throw new Error(read.problems.join('\n'));
  const mapped = await startRelay(read.config, { log: pino({}, keptLog()) });
  const other = await openBrowser();
  try {
    const { sidebar } = await openConnected(other, mapped.url);
    for (const event of before) simulator.sendRaw(event);
    await showCall(sidebar, CALL);
    await sidebar.waitForFunction(() => document.querySelectorAll('[data-line]').length === 3, waiting);
    expect(await shownLines(sidebar)).toEqual(linesBefore);
    const inspector = await other.newPage(other.url('options.html#inspector'));
    await inspector.waitForSelector('[data-owner="relay"]', { timeout: WAIT_MS });
    await inspector.waitForSelector('[data-lines="3"]', { timeout: WAIT_MS });
  } finally {
    await other.close();
    await mapped.stop();
  }
});
