/** Keywords: marked and counted in the call, and told by badge where the agent is not looking. */
import type { Frame, Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openWorld, showCall, WAIT_MS, type World, waitForWords } from './world.ts';

let world: World;
let page: Page;
let sidebar: Frame;
/** A page of the extension's own, which asks the browser. */
let options: Page;
beforeAll(async () => {
  world = await openWorld();
  options = await world.browser.newPage(world.browser.url('options.html'));
  await options.evaluate(() =>
    chrome.storage.local.set({
      preferences: {
        profiles: [
          { id: 'a', name: 'Leaving', query: '(cancel* OR leave) AND -order', colour: 'red' },
          { id: 'b', name: 'Card', query: '"lost card" OR stolen', colour: 'blue' },
          { id: 'c', name: 'Broken', query: '"never closed', colour: 'green' },
        ],
      },
    }),
  );
  ({ page, sidebar } = await world.openConnected());
});
afterAll(() => world.close());

function say(...texts: string[]): void {
  world.simulator.sendRaw(JSON.stringify(texts.map((text) => ({ callid: 'k', leg: 0, text }))));
}

/** What the icon says in every tab. */
async function badges(): Promise<string[]> {
  const texts = await options.evaluate(async () => {
    const tabs = await chrome.tabs.query({});
    return Promise.all(
      tabs.map(({ id }) => (id === undefined ? '' : chrome.action.getBadgeText({ tabId: id }))),
    );
  });
  return texts.filter((text) => text !== '');
}

function marked(name: string): Promise<number> {
  return sidebar.evaluate((wanted) => CSS.highlights.get(wanted)?.size ?? 0, name);
}

describe('keywords', () => {
  test('are marked by range, counted by profile, and walked through', async () => {
    say(
      'i want to cancel',
      'cancel my order',
      'nothing',
      'a stolen card and a lost card',
      'I am CANCELLING now',
    );
    await showCall(sidebar, 'k');
    await sidebar.waitForSelector('[data-keyword="Card"]', { timeout: WAIT_MS });
    expect(
      await sidebar.$$eval('.chips button', (chips) => chips.map(({ textContent }) => textContent)),
    ).toEqual(['Leaving 2', 'Card 1']);
    await expect.poll(() => marked('keyword-red'), { timeout: WAIT_MS }).toBe(2);
    expect(await marked('keyword-blue')).toBe(2);
    expect(await marked('keyword-green')).toBe(0);
    await sidebar.click('[data-keyword="Leaving"]');
    await waitForWords(sidebar, '1 of 2');
    await sidebar.click('[data-next]');
    await waitForWords(sidebar, '2 of 2');
    await page.keyboard.press('Escape');
  });

  test('said while the agent looks elsewhere are a number on the icon, until they look', async () => {
    await expect.poll(badges, { timeout: WAIT_MS }).toEqual(['on']);
    const elsewhere = await world.browser.newPage(world.pageUrl);
    await elsewhere.bringToFront();
    say('please cancel everything', 'nothing of note');
    await expect.poll(badges, { timeout: WAIT_MS }).toEqual(['1']);
    await page.bringToFront();
    await expect.poll(badges, { timeout: WAIT_MS }).toEqual(['on']);
    await elsewhere.close();
  });
});
