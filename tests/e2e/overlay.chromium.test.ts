/**
 * The overlay where Chromium alone refuses its frame, since Firefox lets it in everywhere; and what only Chromium's
 * debugger tells: the words in the closed root, and the time the script takes.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type OverlayWorld, openOverlayWorld } from './overlay-world.ts';
import { waitForOwnPage } from './own-page.ts';
import { WAIT_MS } from './world.ts';

let world: OverlayWorld;
beforeAll(async () => {
  world = await openOverlayWorld();
});
afterAll(() => world.close());

describe('a page that lets no frame in', () => {
  test('gets a card, which opens help and a window', async () => {
    const page = await world.browser.newPage(`${world.url}coep`);
    await world.browser.clickIcon(page);
    await expect
      .poll(() => wordsOfOverlay(page), { timeout: WAIT_MS, interval: 200 })
      .toContain('This page lets no sidebar in.');
    // The buttons stand in the middle, under the words and under each other.
    for (const [y, address] of [
      [400 + 36, 'help.html#pages-without-sidebar'],
      [400 - 6, 'sidebar.html?surface=window'],
    ] as const) {
      await page.bringToFront();
      await page.mouse.click(1280 - 180, y);
      await (await waitForOwnPage(world.browser, address)).close();
    }
    await page.close();
  });

  test('and one that lets it in gets none', async () => {
    const { page } = await world.open();
    await sleep(6_000);
    expect(await wordsOfOverlay(page)).toBe('');
    await page.close();
  });
});

/** Its root is closed to the page; the debugger sees into it. */
async function wordsOfOverlay(page: Page): Promise<string> {
  const session = await page.createCDPSession();
  const { root } = await session.send('DOM.getDocument', { depth: -1, pierce: true });
  await session.detach();
  type Node = typeof root;
  const find = (node: Node): Node | undefined =>
    node.localName === 'earshot-sidebar'
      ? node
      : (node.children ?? []).map(find).find((found) => found !== undefined);
  const textOf = (node: Node): string =>
    node.nodeValue +
    (node.children ?? []).map(textOf).join('') +
    (node.shadowRoots ?? []).map(textOf).join('');
  const host = find(root);
  return host === undefined ? '' : textOf(host);
}

describe('the page’s record', () => {
  test('of a huge and restless page costs little', async () => {
    const { page } = await world.open();
    await page.evaluate(() => {
      document.body.innerHTML = Array.from(
        { length: 20_000 },
        (_, row) => `<p>Row <b>${row}</b>, on 2024-01-17, 12:30 for 1,234.00</p>`,
      ).join('');
      setInterval(() => document.body.append('.'), 20);
    });
    await sleep(2_000);
    const session = await page.createCDPSession();
    await session.send('Profiler.enable');
    await session.send('Profiler.start');
    await sleep(10_000);
    const { profile } = await session.send('Profiler.stop');
    const ours = new Set(
      profile.nodes.filter(({ callFrame }) => callFrame.url.includes('content-scripts')).map(({ id }) => id),
    );
    const spentMs = (profile.samples ?? [])
      .map((id, index) => (ours.has(id) ? (profile.timeDeltas?.[index] ?? 0) : 0))
      .reduce((sum, microseconds) => sum + microseconds / 1_000, 0);
    console.log(`  ${spentMs.toFixed(1)} ms of 10 s`);
    expect(spentMs).toBeLessThan(150);
    await page.close();
  });
});
