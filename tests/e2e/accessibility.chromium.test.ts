/** Every state of the sidebar, and the settings, in both themes: no violation of WCAG 2.2 AA or of good practice. */
import axe from 'axe-core';
import type { Frame, Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { setLook, themes } from '../shots/look.ts';
import { scenes } from '../shots/scenes.ts';
import { openTheatre, type Theatre } from '../shots/stage.ts';
import { keywordProfiles } from '../shots/tool-scenes.ts';
import { WAIT_MS } from './world.ts';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

let theatre: Theatre;
beforeAll(async () => {
  theatre = await openTheatre();
});
afterAll(() => theatre.close());

/** Each failing element with its rule, as one readable line. */
async function violations(page: Page | Frame): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe.source);
  return page.evaluate(async (values) => {
    const { axe: injected } = globalThis as unknown as { axe: typeof axe };
    const result = await injected.run(document, {
      runOnly: { type: 'tag', values },
      resultTypes: ['violations'],
    });
    return result.violations.flatMap(({ id, help, nodes }) =>
      nodes.map(({ html, any }) => `${id}: ${help}: ${html.slice(0, 200)} ${any[0]?.message ?? ''}`),
    );
  }, TAGS);
}

function expectNone(found: readonly string[]): void {
  if (found.length > 0) expect.fail(`\n${found.join('\n')}`);
}

describe('the sidebar', () => {
  test.each(scenes)('$name', async ({ prepare }) => {
    const stage = await theatre.set();
    await prepare(stage);
    const found: string[] = [];
    for (const theme of themes) {
      await setLook(stage, { theme, width: 360 });
      found.push(...(await violations(stage.sidebar)).map((violation) => `${theme}: ${violation}`));
    }
    expectNone(found);
  });
});

describe('the help', () => {
  test.each(themes)('%s', async (theme) => {
    const stage = await theatre.set();
    await stage.prefer({ theme });
    const page = await theatre.browser.newPage(theatre.browser.url('help.html#privacy'));
    await page.waitForSelector(`html[data-theme="${theme}"] main`, { timeout: WAIT_MS });
    expectNone(await violations(page));
    await page.close();
  });
});

describe('the settings', () => {
  test.each(themes)('%s', async (theme) => {
    const stage = await theatre.set();
    await stage.prefer({ theme, profiles: keywordProfiles });
    const page = await theatre.browser.newPage(theatre.browser.url('options.html'));
    await page.waitForSelector(`html[data-theme="${theme}"] main`, { timeout: WAIT_MS });
    expectNone(await violations(page));
    await page.close();
  });
});
