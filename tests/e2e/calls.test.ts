/** Several calls at once: which one is shown, and how an agent says so. */
import type { Frame, Page } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startCrm } from '../../demo/crm-server.ts';
import { openSidebar, waitForConnection } from '../../demo/launcher/agent-walk.ts';
import { openWorld, showCall, WAIT_MS, type World, waitForWords } from './world.ts';

/** The number on ticket 1042 of the sample CRM, and one that is on no ticket. */
const PATRICIA = '+1 (512) 555-0142';
const STRANGER = '+442079460000';

let world: World;
let crm: Awaited<ReturnType<typeof startCrm>>;
beforeAll(async () => {
  world = await openWorld();
  crm = await startCrm({ port: 0 });
  await (await world.openConnected()).page.close();
});
afterAll(async () => {
  await crm.stop();
  await world.close();
});

let page: Page;
let sidebar: Frame;
/** Every test has calls of its own, so that the calls of others do not matter. */
let run = 0;
beforeEach(() => {
  run += 1;
});
afterEach(async () => {
  for (const id of ['one', 'two', 'three']) say(id, { event: 'hangup' });
  await page.close();
});

async function open(url: string): Promise<void> {
  page = await world.browser.newPage(url);
  sidebar = await openSidebar(world.browser, page);
  await waitForConnection(sidebar);
}

/** Firefox ends the grant for the tab with that: there the agent clicks the icon again. */
async function reload(): Promise<void> {
  await page.reload();
  if (world.browser.name === 'firefox') await world.browser.clickIcon(page);
  sidebar = await world.browser.sidebarFrame(page);
}

function say(id: string, event: Record<string, unknown>): void {
  world.simulator.sendRaw(JSON.stringify({ callid: `${id} ${run}`, ...event }));
}

function shownCall(): Promise<string | null> {
  return sidebar.$eval('[data-line]', (line) => line.getAttribute('data-call'));
}

async function expectShown(id: string): Promise<void> {
  await expect.poll(() => shownCall().catch(() => null), { timeout: WAIT_MS }).toBe(`${id} ${run}`);
}

async function openPicker(): Promise<void> {
  await sidebar.click('.picker');
  await sidebar.waitForSelector('[data-call-option]', { timeout: WAIT_MS });
}

async function follow(mode: 'record' | 'newest' | 'pinned'): Promise<void> {
  await openPicker();
  await sidebar.click(`[data-option="${mode}"]`);
  await page.keyboard.press('Escape');
}

describe('the picker', () => {
  test('names each call with its number, length and state', async () => {
    await open(world.pageUrl);
    const nowS = Date.now() / 1000;
    say('one', { cli: STRANGER, customer: 'Ann Bell', text: 'hello', ts: nowS - 125 });
    say('two', { cli: '+34911234567', text: 'hola' });
    say('two', { event: 'hangup' });
    await showCall(sidebar, `one ${run}`);
    await openPicker();
    const rows = await sidebar.$$eval('[data-call-option]', (options) =>
      options.map(({ textContent, attributes }) => [
        attributes.getNamedItem('data-call-option')?.value,
        attributes.getNamedItem('data-call-state')?.value,
        textContent,
      ]),
    );
    const own = rows.filter(([id]) => id?.endsWith(` ${run}`));
    expect(own).toEqual([
      [`two ${run}`, 'ended', expect.stringMatching(/^\+34911234567ended0?0:0\d$/)],
      [`one ${run}`, 'live', expect.stringMatching(/^Ann Bell\+442079460000live02:\d\d$/)],
    ]);
    await page.keyboard.press('Escape');
  });
});

describe('which call is shown', () => {
  test('that of this ticket’s number, as soon as it is there, and the strip says so', async () => {
    await open(`${crm.url}/tickets/1042`);
    say('one', { cli: STRANGER, text: 'somebody else' });
    await expectShown('one');
    expect(await sidebar.$eval('[data-match]', (match) => match.getAttribute('data-match'))).toBe('other');
    await waitForWords(sidebar, 'Not this ticket’s number');
    say('two', { cli: PATRICIA, text: 'this is patricia' });
    await expectShown('two');
    await waitForWords(sidebar, 'This ticket’s number');
    say('three', { cli: STRANGER, text: 'a third one' });
    await openPicker();
    await sidebar.waitForSelector(`[data-call-option="three ${run}"]`, { timeout: WAIT_MS });
    await page.keyboard.press('Escape');
    await expectShown('two');
  });

  test('another, as soon as the page goes on to another ticket', async () => {
    await open(`${crm.url}/tickets/1042`);
    say('one', { cli: PATRICIA, text: 'this is patricia' });
    say('two', { cli: '+13055550117', text: 'soy lucía' });
    await expectShown('one');
    await page.click('a[data-row][href$="1043"]');
    await expectShown('two');
  });

  test('always the newest, where that is wanted; but not under the eyes of one who reads back', async () => {
    await open(world.pageUrl);
    say('one', { cli: STRANGER, text: 'the first' });
    await expectShown('one');
    await follow('newest');
    say('two', { cli: STRANGER, text: 'the second' });
    await expectShown('two');
    for (let number = 0; number < 80; number += 1) say('two', { leg: number % 2, text: `line ${number}` });
    await waitForWords(sidebar, 'line 79');
    await sidebar.$eval('[data-transcript]', (area) => area.scrollBy(0, -900));
    await sidebar.waitForSelector('.jump', { timeout: WAIT_MS });
    say('three', { cli: STRANGER, customer: 'Carla', text: 'the third' });
    await waitForWords(sidebar, 'New call: Carla');
    expect(await shownCall()).toBe(`two ${run}`);
    await sidebar.click('[data-offered] [data-show]');
    await expectShown('three');
  });

  test('the one that was picked, also when it has ended, until the agent says otherwise', async () => {
    await open(world.pageUrl);
    say('one', { cli: STRANGER, text: 'picked' });
    say('two', { cli: STRANGER, text: 'the other' });
    await showCall(sidebar, `one ${run}`);
    say('one', { event: 'hangup' });
    say('three', { cli: PATRICIA, customer: 'Patricia', text: 'a new one' });
    await waitForWords(sidebar, 'New call: Patricia');
    expect(await shownCall()).toBe(`one ${run}`);
    await reload();
    await expectShown('one');
    await follow('record');
    await expectShown('three');
  });

  test('a declined call is offered no more', async () => {
    await open(world.pageUrl);
    say('one', { cli: STRANGER, text: 'picked' });
    await showCall(sidebar, `one ${run}`);
    say('two', { cli: STRANGER, customer: 'Dan', text: 'hello' });
    await waitForWords(sidebar, 'New call: Dan');
    await sidebar.click('[data-offered] button:last-child');
    await sidebar.waitForSelector('[data-offered]', { hidden: true, timeout: WAIT_MS });
    say('two', { text: 'still here' });
    await openPicker();
    expect(await sidebar.$('[data-offered]')).toBeNull();
  });
});
