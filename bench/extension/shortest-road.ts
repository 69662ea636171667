/**
 * The least that any extension can do: its background has the socket and passes every frame on to a frame of the
 * extension's own in a page, which adds a text node a line. Nothing is decoded, kept or drawn.
 */
import { resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Frame, Page } from 'puppeteer-core';
import type { ExtensionBrowser } from '../../demo/launcher/extension-browser.ts';
import { socketUrl } from './bare-server.ts';

const FOLDER = resolve(import.meta.dirname, 'shortest-road');
const PATIENCE_MS = 15_000;
const POLL_MS = 50;

export async function openShortestRoad(
  { browser, newPage }: ExtensionBrowser,
  bareUrl: string,
): Promise<{ page: Page; frame: Frame }> {
  await browser.installExtension(FOLDER);
  const url = new URL('road', bareUrl);
  url.searchParams.set('socket', socketUrl(bareUrl, 'road'));
  const page = await newPage(url.href);
  const giveUpMs = Date.now() + PATIENCE_MS;
  while (Date.now() < giveUpMs) {
    const frame = page.frames().find((one) => one.url().includes('/frame.html'));
    const isThere = frame?.$('div').catch(() => null);
    if (frame !== undefined && (await Promise.race([isThere, wait(1_000, null)]))) return { page, frame };
    await wait(POLL_MS);
  }
  throw new Error('The frame of the shortest road did not come up.');
}
