/** A page that tries everything gets nothing of what is said, typed, selected or copied in the sidebar beside it. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Frame, Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openSidebar, setRelay, waitForConnection } from '../../demo/launcher/agent-walk.ts';
import { hasOverlay } from '../../demo/launcher/driven-browser.ts';
import { type ExtensionBrowser, sidebarFrame } from '../../demo/launcher/extension-browser.ts';
import { type Simulator, startSimulator } from '../../demo/simulator/start-simulator.ts';
import type { RunningRelay } from '../../relay/run-relay.ts';
import {
  borrow,
  pretendToBeTheAgent,
  readEverything,
  ruinHost,
  ruinStyle,
  upgradeHost,
} from './hostile-attacks.ts';
import { type HostileSite, startHostileSite } from './hostile-site.ts';
import { AGENT_TOKEN, openBrowser, PLATFORM_TOKEN, startTestRelay, WAIT_MS, waitForWords } from './world.ts';

const SECRET = 'zanzibarquartz';
const TYPED = 'mountweazel';
const CALL = 'callofsecrets';
/** What a page is told of a document that is not its own. */
const NOTHING = new Set(['refused', 'null', 'undefined']);

let browser: ExtensionBrowser;
let simulator: Simulator;
let relay: RunningRelay;
let site: HostileSite;
/** The address of the sidebar's page in this session of the browser, which no page is told. */
let sessionAddress: string;

beforeAll(async () => {
  site = await startHostileSite();
  simulator = await startSimulator({ port: 0, script: '10141', token: PLATFORM_TOKEN });
  relay = await startTestRelay(simulator.url, { write: () => {} });
  browser = await openBrowser();
  await (await setRelay(browser, relay.url, AGENT_TOKEN)).close();
  const [worker] = await browser.extension.workers();
  sessionAddress = (await worker?.evaluate(() => chrome.runtime.getURL('/sidebar.html'))) ?? '';
  expect(sessionAddress).not.toContain(browser.extension.id);
});
afterAll(async () => {
  await browser.close();
  await relay.stop();
  await simulator.stop();
  await site.stop();
});

function say(...texts: string[]): void {
  for (const text of texts) simulator.sendRaw(JSON.stringify({ callid: CALL, leg: 0, text }));
}

async function openHostile(url = site.url): Promise<{ page: Page; sidebar: Frame }> {
  const page = await browser.newPage(url);
  const sidebar = await openSidebar(browser, page);
  await waitForConnection(sidebar);
  return { page, sidebar };
}

async function clickLine(sidebar: Frame, words: string): Promise<void> {
  for (const line of await sidebar.$$('[data-line]')) {
    if ((await line.evaluate(({ textContent }) => textContent)).includes(words)) return line.click();
  }
  throw new Error(`No line holds "${words}".`);
}

/** What the page has heard of the kinds that a hand makes. */
function handmade(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    window.hostile
      .events()
      .filter((event) =>
        /"type":"(key|(before)?(input|copy|cut|paste)|composition|select|search|change|submit|click|aux|dbl|context|mouse(down|up)|pointer(down|up)|wheel|drag|drop|message)/.test(
          event,
        ),
      ),
  );
}

/** None of it may hold any of these. */
function expectNothingIn(gained: string): void {
  for (const secret of [SECRET, TYPED, CALL, AGENT_TOKEN, 'chrome-extension:', browser.extension.id]) {
    const at = gained.indexOf(secret);
    expect(at === -1 ? '' : gained.slice(Math.max(0, at - 200), at + 200)).toBe('');
  }
}

describe('beside a hostile page', () => {
  let page: Page;
  let sidebar: Frame;

  beforeAll(async () => {
    ({ page, sidebar } = await openHostile());
  });
  afterAll(() => page.close());

  test('the sidebar works: lines come, are searched, walked, selected and copied', async () => {
    await page.evaluate(() => window.hostile.forget());
    say(`the word is ${SECRET}`, 'another line', 'and a third one');
    await waitForWords(sidebar, SECRET);

    await sidebar.click('[data-search-open]');
    await sidebar.waitForSelector('.search input:focus', { timeout: WAIT_MS });
    await page.keyboard.type(TYPED);
    await waitForWords(sidebar, 'No match');
    await page.keyboard.press('Escape');

    for (const key of ['ArrowUp', 'Home', 'ArrowDown', 'Enter', 'End'] as const)
      await page.keyboard.press(key);
    await sidebar.waitForSelector('[data-copied="true"]', { timeout: WAIT_MS });

    const line = await sidebar.waitForSelector('[data-line]', { timeout: WAIT_MS });
    await line?.click({ count: 3 });
    expect(await sidebar.evaluate(() => String(getSelection()))).toContain(SECRET);
    await page.keyboard.down('Control');
    await page.keyboard.press('KeyC', { commands: ['Copy'] });
    await page.keyboard.up('Control');
  });

  test('the page hears no key, no input, no clipboard and no selection of it', async () => {
    expect(await handmade(page)).toEqual([]);
    expect(await page.evaluate(() => String(getSelection()))).toBe('');

    await page.type('textarea', 'x');
    expect((await handmade(page)).join()).toMatch(/"type":"keydown".*"type":"input"/s);
  });

  test('the page finds none of it, wherever it looks, nor where the sidebar comes from', async () => {
    const gained = await page.evaluate(readEverything);
    expect(gained.some((answer) => answer.includes('EARSHOT-SIDEBAR'))).toBe(true);
    expectNothingIn(gained.join('\n'));
    for (const word of [SECRET, TYPED]) {
      const find = (wanted: string) => Reflect.get(window, 'find').call(window, wanted, false, false, true);
      expect(await page.evaluate(find, word)).toBe(false);
    }
    expectNothingIn(await page.evaluate(() => window.hostile.loot()));
    expectNothingIn(site.reports());
  });

  test('the page has no window of it, and gets no root of it by an element defined later', async () => {
    expect(await page.evaluate(() => [window.length, window[0] === undefined])).toEqual([0, true]);
    expect(await page.evaluate(upgradeHost)).toBe('null');
  });

  test('keys, clicks and messages that the page makes up change nothing and are not answered', async () => {
    const shown = () => sidebar.$$eval('[data-line]', (lines) => lines.map((line) => line.outerHTML));
    const before = await shown();
    await page.evaluate(() => window.hostile.forget());
    await page.evaluate(pretendToBeTheAgent);
    say('said in the flood');
    await waitForWords(sidebar, 'said in the flood');
    expect(await hasOverlay(page)).toBe(true);
    expect(await sidebar.$('.search, [data-pill], .menu')).toBe(null);
    expect((await shown()).slice(0, before.length)).toEqual(before);
    const own = '"path":["[object Window]"]';
    const answers = await page.evaluate(() =>
      window.hostile.events().filter((event) => event.includes('"type":"message"')),
    );
    expect(answers.filter((answer) => !answer.includes(own) || answer.includes(SECRET))).toEqual([]);
    expect((await browser.browser.pages()).some((other) => other.url().includes('options.html'))).toBe(false);
  });

  test('covered, bared, hidden and carried off, it comes back and works', async () => {
    await page.evaluate(ruinHost);
    say('said after the ruin');
    await page.waitForFunction(
      () => document.querySelector('earshot-sidebar')?.parentElement === document.documentElement,
      { timeout: WAIT_MS, polling: 100 },
    );
    sidebar = await sidebarFrame(page);
    await waitForWords(sidebar, 'said after the ruin');
    await page.evaluate(() => document.querySelector('earshot-sidebar')?.remove());
    await page.waitForSelector('earshot-sidebar', { timeout: WAIT_MS });
    sidebar = await sidebarFrame(page);
    await waitForWords(sidebar, 'said after the ruin');
    await clickLine(sidebar, 'said after the ruin');
    await sidebar.waitForSelector('[data-copied="true"]', { timeout: WAIT_MS });
    expectNothingIn(await page.evaluate(() => window.hostile.loot()));
  });
});

test('a page that defined our element beforehand is not given its closed root', async () => {
  const { page, sidebar } = await openHostile(site.definingUrl);
  await waitForWords(sidebar, SECRET);
  const gained = await page.evaluate(() => JSON.stringify(Reflect.get(window, 'gained')));
  expectNothingIn(gained);
  expect(gained).not.toContain('ShadowRoot');
  await page.close();
});

test('a page whose forms bear the names of a document’s functions has a sidebar all the same', async () => {
  const { page, sidebar } = await openHostile(site.namingUrl);
  await waitForWords(sidebar, SECRET);
  await page.close();
});

test.each(['bare', 'hide'] as const)(
  'a strict page that writes the very style of the sidebar over it, to %s it, has it back as it lay',
  async (way) => {
    const { page, sidebar } = await openHostile(site.strictUrl);
    const lay = () => {
      const host = document.querySelector('earshot-sidebar');
      const { display, position, right, width } = getComputedStyle(host ?? document.body);
      return [display, position, right, width].join();
    };
    const before = await page.evaluate(lay);
    await page.evaluate(ruinStyle, way);
    expect(await page.evaluate(lay)).not.toBe(before);
    await expect.poll(() => page.evaluate(lay), { timeout: WAIT_MS }).toBe(before);
    await waitForWords(sidebar, SECRET);
    await page.close();
  },
);

describe('in a tab where the sidebar is off', () => {
  let on: { page: Page; sidebar: Frame };
  let off: Page;
  const queries = ['', '?surface=window', '?surface=panel'];

  beforeAll(async () => {
    on = await openHostile();
    off = await browser.newPage(site.url);
  });
  afterAll(async () => {
    await on.page.close();
    await off.close();
  });

  /** Says a line, and when it has come where it should, reads what stands in the others. */
  async function shownIn(frames: Frame[]): Promise<string> {
    say(`again ${SECRET}`);
    await on.page.bringToFront();
    await waitForWords(on.sidebar, `again ${SECRET}`);
    const texts: string[] = [];
    for (const frame of frames) {
      // A page that is not in front paints nothing.
      await frame.page().bringToFront();
      await sleep(300);
      texts.push(await frame.evaluate(() => document.documentElement.innerText).catch(String));
    }
    return texts.join('\n');
  }

  test('nothing is injected', async () => {
    expect(await hasOverlay(off)).toBe(false);
    expect(off.frames()).toHaveLength(1);
  });

  test.each(queries)(
    'the address that every copy of the extension has is not to be framed or opened: %s',
    async (query) => {
      const address = `${browser.url('sidebar.html')}${query}`;
      await off.bringToFront();
      const pages = await browser.browser.pages();
      const gained = [
        ...(await off.evaluate(borrow, [address], 'frame' as const)),
        ...(await off.evaluate(borrow, [address], 'open' as const)),
      ];
      expect(new Set(gained).difference(NOTHING)).toEqual(new Set());
      const opened = (await browser.browser.pages()).filter((other) => !pages.includes(other));
      const frames = [...off.frames().slice(1), ...opened.map((other) => other.mainFrame())];
      expect(frames.filter((frame) => frame.url().startsWith(browser.url('sidebar.html')))).toEqual([]);
      expect(await shownIn(frames)).not.toContain(SECRET);
      for (const other of opened) await other.close();
    },
  );

  test.each(queries)(
    'not even a page that knew the session’s address would be shown a line in its frame: %s',
    async (query) => {
      await off.reload();
      const gained = await off.evaluate(borrow, [`${sessionAddress}${query}`], 'frame' as const);
      expect(new Set(gained).difference(NOTHING)).toEqual(new Set());
      const framed = off.frames().filter((frame) => frame.url().startsWith(browser.url('sidebar.html')));
      expect(framed).toHaveLength(1);
      expect(await shownIn(framed)).not.toContain(SECRET);
    },
  );

  test('nor in a tab that it opened with it, and it reads nothing of any', async () => {
    await off.bringToFront();
    const pages = await browser.browser.pages();
    const gained = await off.evaluate(
      borrow,
      queries.map((query) => `${sessionAddress}${query}`),
      'open' as const,
    );
    expect(new Set(gained).difference(NOTHING)).toEqual(new Set());
    const opened = (await browser.browser.pages()).filter((other) => !pages.includes(other));
    const plain = opened.filter((other) => other.url() === browser.url('sidebar.html'));
    expect(plain).toHaveLength(1);
    expect(await shownIn(plain.map((other) => other.mainFrame()))).not.toContain(SECRET);
    for (const other of opened) await other.close();
  });

  test('what it framed, opened and heard tells it nothing of the call', async () => {
    const loot = await off.evaluate(() => window.hostile.loot());
    for (const secret of [SECRET, CALL, AGENT_TOKEN]) expect(loot.includes(secret)).toBe(false);
  });
});
