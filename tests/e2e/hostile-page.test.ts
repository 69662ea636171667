/** A page that tries everything gets nothing of what is said, typed, selected or copied in the sidebar beside it. */
import type { Frame, Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasOverlay } from '../../demo/launcher/driven-browser.ts';
import {
  borrow,
  pretendToBeTheAgent,
  readEverything,
  ruinHost,
  ruinStyle,
  upgradeHost,
} from './hostile-attacks.ts';
import {
  CALL,
  expectNothingGained,
  framedSidebars,
  type HostileWorld,
  openHostileWorld,
  openTwoTabs,
  SECRET,
  shownIn,
  type TwoTabs,
  TYPED,
} from './hostile-world.ts';
import { addressOf, ownPages } from './own-page.ts';
import { AGENT_TOKEN, WAIT_MS, waitForWords } from './world.ts';

let world: HostileWorld;
beforeAll(async () => {
  world = await openHostileWorld();
});
afterAll(() => world.close());

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

describe('beside a hostile page', () => {
  let page: Page;
  let sidebar: Frame;

  beforeAll(async () => {
    ({ page, sidebar } = await world.openHostile());
  });
  afterAll(() => page.close());

  test('the sidebar works: lines come, are searched, walked, selected and copied', async () => {
    await page.evaluate(() => window.hostile.forget());
    world.say(`the word is ${SECRET}`, 'another line', 'and a third one');
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
    world.expectNothingIn(gained.join('\n'));
    for (const word of [SECRET, TYPED]) {
      const find = (wanted: string) => Reflect.get(window, 'find').call(window, wanted, false, false, true);
      expect(await page.evaluate(find, word)).toBe(false);
    }
    world.expectNothingIn(await page.evaluate(() => window.hostile.loot()));
    world.expectNothingIn(world.site.reports());
  });

  test('the page has no window of it, and gets no root of it by an element defined later', async () => {
    expect(await page.evaluate(() => [window.length, window[0] === undefined])).toEqual([0, true]);
    expect(await page.evaluate(upgradeHost)).toBe('null');
  });

  test('keys, clicks and messages that the page makes up change nothing and are not answered', async () => {
    const settings = (await ownPages(world.browser, 'options.html')).length;
    const shown = () => sidebar.$$eval('[data-line]', (lines) => lines.map((line) => line.outerHTML));
    const before = await shown();
    await page.evaluate(() => window.hostile.forget());
    await page.evaluate(pretendToBeTheAgent);
    world.say('said in the flood');
    await waitForWords(sidebar, 'said in the flood');
    expect(await hasOverlay(page)).toBe(true);
    expect(await sidebar.$('.search, [data-pill], .menu')).toBe(null);
    expect((await shown()).slice(0, before.length)).toEqual(before);
    const own = '"path":["[object Window]"]';
    const answers = await page.evaluate(() =>
      window.hostile.events().filter((event) => event.includes('"type":"message"')),
    );
    expect(answers.filter((answer) => !answer.includes(own) || answer.includes(SECRET))).toEqual([]);
    expect(await ownPages(world.browser, 'options.html')).toHaveLength(settings);
  });

  test('covered, bared, hidden and carried off, it comes back and works', async () => {
    await page.evaluate(ruinHost);
    world.say('said after the ruin');
    await page.waitForFunction(
      () => document.querySelector('earshot-sidebar')?.parentElement === document.documentElement,
      { timeout: WAIT_MS, polling: 100 },
    );
    sidebar = await world.browser.sidebarFrame(page);
    await waitForWords(sidebar, 'said after the ruin');
    await page.evaluate(() => document.querySelector('earshot-sidebar')?.remove());
    await page.waitForSelector('earshot-sidebar', { timeout: WAIT_MS });
    sidebar = await world.browser.sidebarFrame(page);
    await waitForWords(sidebar, 'said after the ruin');
    await clickLine(sidebar, 'said after the ruin');
    await sidebar.waitForSelector('[data-copied="true"]', { timeout: WAIT_MS });
    world.expectNothingIn(await page.evaluate(() => window.hostile.loot()));
  });
});

test('a page that defined our element beforehand is not given its closed root', async () => {
  const { page, sidebar } = await world.openHostile(world.site.definingUrl);
  await waitForWords(sidebar, SECRET);
  const gained = await page.evaluate(() => JSON.stringify(Reflect.get(window, 'gained')));
  world.expectNothingIn(gained);
  expect(gained).not.toContain('ShadowRoot');
  await page.close();
});

test('a page whose forms bear the names of a document’s functions has a sidebar all the same', async () => {
  const { page, sidebar } = await world.openHostile(world.site.namingUrl);
  await waitForWords(sidebar, SECRET);
  await page.close();
});

test.each(['bare', 'hide'] as const)(
  'a strict page that writes the very style of the sidebar over it, to %s it, has it back as it lay',
  async (way) => {
    const { page, sidebar } = await world.openHostile(world.site.strictUrl);
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
  let tabs: TwoTabs;
  const queries = ['', '?surface=window', '?surface=panel'];

  beforeAll(async () => {
    tabs = await openTwoTabs(world);
  });
  afterAll(async () => {
    await tabs.on.page.close();
    await tabs.off.close();
  });

  test('nothing is injected', async () => {
    expect(await hasOverlay(tabs.off)).toBe(false);
    expect(tabs.off.frames()).toHaveLength(1);
  });

  test.each(queries)(
    'not even a page that knew the session’s address would be shown a line in its frame: %s',
    async (query) => {
      await tabs.off.reload();
      const address = `${world.sessionAddress}${query}`;
      expectNothingGained(await tabs.off.evaluate(borrow, [address], 'frame' as const), 'frame');
      const framed = await framedSidebars(world.browser, tabs.off);
      expect(framed).toHaveLength(1);
      expect(await shownIn(world, tabs, framed)).not.toContain(SECRET);
    },
  );

  test('nor in a tab that it opened with it, and it reads nothing of any', async () => {
    await tabs.off.bringToFront();
    const addresses = queries.map((query) => `${world.sessionAddress}${query}`);
    expectNothingGained(await tabs.off.evaluate(borrow, addresses, 'open' as const), 'open');
    const opened = await ownPages(world.browser, 'sidebar.html');
    const plain: Frame[] = [];
    for (const page of opened) {
      if ((await addressOf(page)) === world.browser.url('sidebar.html')) plain.push(page.mainFrame());
    }
    expect(plain).toHaveLength(1);
    expect(await shownIn(world, tabs, plain)).not.toContain(SECRET);
    for (const page of opened) await page.close();
  });

  test('what it framed, opened and heard tells it nothing of the call', async () => {
    const loot = await tabs.off.evaluate(() => window.hostile.loot());
    for (const secret of [SECRET, CALL, AGENT_TOKEN]) expect(loot.includes(secret)).toBe(false);
  });
});
