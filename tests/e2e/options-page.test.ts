/** The settings page as a place: its parts have addresses, and it says where one is. */
import axe from 'axe-core';
import type { Page } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { DrivenBrowser } from '../../demo/launcher/driven-browser.ts';
import { chooseTheme, reloadOwnPage } from './own-page.ts';
import { openBrowser } from './tested-browser.ts';
import { WAIT_MS } from './world.ts';

const waiting = { timeout: WAIT_MS, polling: 50 };
const narrowWidths = [320, 640];

let browser: DrivenBrowser;
let page: Page;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());
afterEach(() => page.close());

async function open(hash: string): Promise<void> {
  page = await browser.newPage(browser.url(`options.html${hash}`));
  await page.waitForSelector('.nav', { timeout: WAIT_MS });
}

async function isMarked(id: string): Promise<void> {
  await page.waitForFunction(
    (href) => document.querySelector('.nav [aria-current]')?.getAttribute('href') === href,
    waiting,
    `#${id}`,
  );
}

/** How far a section begins from where the page puts what an address names. */
function distanceOf(id: string): Promise<number> {
  return page.$eval(`#${id}`, (section) => {
    const wanted = Number.parseFloat(getComputedStyle(document.documentElement).scrollPaddingBlockStart);
    return Math.abs(section.getBoundingClientRect().top - wanted);
  });
}

describe('an address', () => {
  test.each(['sites', 'keywords', 'privacy'])('with #%s shows that section, and marks it', async (id) => {
    await open(`#${id}`);
    await isMarked(id);
    expect(await distanceOf(id)).toBeLessThan(4);
  });

  test('with #backup marks the last section, which never reaches the top of the window', async () => {
    await open('#backup');
    await isMarked('backup');
  });

  test('without anything, or with what is not known, begins at the top', async () => {
    await open('#nowhere');
    await page.waitForSelector('#relays', { timeout: WAIT_MS });
    expect(await page.evaluate(() => scrollY)).toBe(0);
  });
});

describe('the navigation', () => {
  test('marks what is being read while the page is scrolled', async () => {
    await open('');
    await page.waitForSelector('#hiding', { timeout: WAIT_MS });
    await page.evaluate(() => scrollTo(0, document.getElementById('hiding')?.offsetTop ?? 0));
    await isMarked('hiding');
    await page.evaluate(() => scrollTo(0, 0));
    await isMarked('relays');
  });

  test('leads by keyboard to the first run and back to a section', async () => {
    await open('#keywords');
    await page.focus('.nav a[href="#start"]');
    await page.keyboard.press('Enter');
    await page.waitForSelector('#play', { timeout: WAIT_MS });
    await isMarked('start');
    expect(await page.evaluate(() => document.activeElement?.localName)).toBe('main');
    await page.focus('.nav a[href="#reading"]');
    await page.keyboard.press('Enter');
    await page.waitForSelector('#reading', { timeout: WAIT_MS });
    await isMarked('reading');
    await page.goBack();
    await page.waitForSelector('#play', { timeout: WAIT_MS });
  });

  test.each(narrowWidths)(
    'is a row above the page where it is %i px wide, and nothing is cut off',
    async (width) => {
      await open('#privacy');
      await page.setViewport({ width, height: 600 });
      await reloadOwnPage(page, '#privacy');
      await isMarked('privacy');
      const [row, main, reach, room] = await page.evaluate(() => [
        document.querySelector('.nav')?.getBoundingClientRect().bottom ?? 0,
        document.querySelector('#privacy')?.getBoundingClientRect().top ?? 0,
        document.documentElement.scrollWidth,
        document.documentElement.clientWidth,
      ]);
      expect(row).toBeLessThan(100);
      expect(main).toBeGreaterThanOrEqual(row ?? 0);
      expect(reach).toBe(room);
      const current = await page.$eval('.nav [aria-current]', (link) =>
        link.getBoundingClientRect().toJSON(),
      );
      expect(current.left).toBeGreaterThanOrEqual(0);
      expect(current.right).toBeLessThanOrEqual(width);
    },
  );
});

test.each(['light', 'dark'] as const)(
  'the first run breaks no rule of accessibility, with a call that plays and a relay that does not answer, %s',
  async (value) => {
    await open('#start');
    await chooseTheme(page, value);
    await page.click('#play');
    await page.type('#setup', '{"relay":"ws://127.0.0.1:9","token":"t"}');
    await page.waitForSelector('[data-hop][data-state="poor"]', { timeout: WAIT_MS });
    await page.evaluate(axe.source);
    const found = await page.evaluate(async () => {
      const { axe: injected } = globalThis as unknown as { axe: typeof axe };
      const { violations } = await injected.run(document, { resultTypes: ['violations'] });
      return violations.map(({ help, nodes }) => `${help}: ${nodes.map(({ html }) => html).join(' ')}`);
    });
    expect(found).toEqual([]);
  },
);
