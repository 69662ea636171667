/** The sidebar in a browser that runs from right to left. Firefox would speak Arabic with a pack of its own alone. */
import type { Frame } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startCrm } from '../../demo/crm-server.ts';
import { openSidebar } from '../../demo/launcher/agent-walk.ts';
import type { DrivenBrowser } from '../../demo/launcher/driven-browser.ts';
import messages from '../../public/_locales/ar/messages.json' with { type: 'json' };
import { openChromium } from './tested-browser.ts';
import { WAIT_MS, waitForWords } from './world.ts';

let browser: DrivenBrowser;
let crm: Awaited<ReturnType<typeof startCrm>>;
let sidebar: Frame;
beforeAll(async () => {
  crm = await startCrm({ port: 0 });
  browser = await openChromium({ language: 'ar' });
  const page = await browser.newPage(`${crm.url}/tickets/1042`);
  sidebar = await openSidebar(browser, page);
});
afterAll(async () => {
  await browser.close();
  await crm.stop();
});

/** How far an element's inline start is from the right edge of the sidebar, in CSS pixels. */
function fromRight(selector: string): Promise<number> {
  return sidebar.$eval(selector, (element) => Math.round(innerWidth - element.getBoundingClientRect().right));
}

describe('in Arabic', () => {
  test('it is in Arabic, and laid out from right to left', async () => {
    await waitForWords(sidebar, messages.emptyNotSet.message);
    expect(
      await sidebar.evaluate(() => [
        document.documentElement.lang,
        getComputedStyle(document.body).direction,
      ]),
    ).toEqual(['ar', 'rtl']);
    expect(await fromRight('.states')).toBeLessThan(20);
    expect(await fromRight('.tools')).toBeGreaterThan(150);
  });

  test('the demo call plays in Arabic, with its times at the right', async () => {
    await sidebar.click('button[data-demo]');
    await sidebar.waitForSelector('[data-line]', { timeout: WAIT_MS });
    await waitForWords(sidebar, messages.demoBanner.message);
    expect(await sidebar.$eval('[data-line]', (line) => getComputedStyle(line).direction)).toBe('rtl');
    expect(await fromRight('.turn time')).toBeLessThan(20);
    expect(await sidebar.$eval('.turn > div', (turn) => getComputedStyle(turn).borderRightWidth)).toBe('2px');
  });

  test('nothing in it is still in English', async () => {
    await sidebar.click('button.icon[aria-haspopup="menu"]');
    await sidebar.waitForSelector('.menu', { timeout: WAIT_MS });
    const words = await sidebar.evaluate(() => {
      const said = [...document.querySelectorAll('button, .menu, .state, .banner, .foot')].flatMap(
        (element) => [
          element.textContent,
          element.getAttribute('title') ?? '',
          element.getAttribute('aria-label') ?? '',
        ],
      );
      // What the page calls its editor and its ticket is in the page's language.
      return said
        .join(' ')
        .replace(/Comment|#1042 Lost debit card · Harbor Desk/g, '')
        .replace(
          /Esc|Enter|Shift|Ctrl|Earshot|Markdown|JSON|WebVTT|HTML|\.(?:txt|md|json|vtt)|[A-Z](?=\b)/g,
          '',
        );
    });
    expect(words).not.toMatch(/[a-z]{3,}/);
  });
});
