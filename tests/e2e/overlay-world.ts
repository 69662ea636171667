/** A browser, a plain site of two pages, and where the overlay lies in them. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Frame, Page } from 'puppeteer-core';
import { expect } from 'vitest';
import { openSidebar } from '../../demo/launcher/agent-walk.ts';
import type { DrivenBrowser } from '../../demo/launcher/driven-browser.ts';
import { openBrowser } from './tested-browser.ts';
import { WAIT_MS } from './world.ts';

export type OverlayWorld = {
  browser: DrivenBrowser;
  /** The site; `coep` under it is a page that lets no frame in. */
  url: string;
  /** A page of the site, with the sidebar on. */
  open(): Promise<{ page: Page; sidebar: Frame }>;
  prefer(preferences: { side?: string; width?: number; room?: string }): Promise<void>;
  close(): Promise<void>;
};

export async function openOverlayWorld(): Promise<OverlayWorld> {
  const server = createServer((request, response) => {
    response.setHeader('content-type', 'text/html; charset=utf-8');
    if (request.url === '/coep') response.setHeader('cross-origin-embedder-policy', 'require-corp');
    response.end('<!doctype html><title>Ticket 1042</title><h1>Ticket</h1><p id="words">Nothing yet</p>');
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const browser = await openBrowser();
  const own = await browser.newPage(browser.url('help.html'));
  await own.waitForSelector('main', { timeout: WAIT_MS });
  return {
    browser,
    url,
    async open() {
      const page = await browser.newPage(url);
      return { page, sidebar: await openSidebar(browser, page) };
    },
    prefer: (preferences) =>
      own.evaluate((stored) => chrome.storage.local.set({ preferences: stored }), preferences),
    async close() {
      await browser.close();
      server.closeAllConnections();
      server.close();
    },
  };
}

export type Place = {
  box: { left: number; top: number; right: number; bottom: number };
  margins: string;
  shown: boolean;
};

/** As it lies where nothing else is preferred. */
export const right: Place = {
  box: { left: 920, top: 0, right: 1280, bottom: 800 },
  margins: '|360px',
  shown: true,
};

/** Where the overlay lies, and what the page's root leaves it: margins left and right. */
export function placeOf(page: Page): Promise<Place | undefined> {
  return page.evaluate(() => {
    const host = document.querySelector<HTMLElement>('earshot-sidebar');
    if (host === null) return undefined;
    const { left, top, right, bottom } = host.getBoundingClientRect();
    const { marginLeft, marginRight } = document.documentElement.style;
    const shown = getComputedStyle(host).visibility === 'visible';
    return { box: { left, top, right, bottom }, margins: `${marginLeft}|${marginRight}`, shown };
  });
}

export async function expectPlace(page: Page, expected: Place): Promise<void> {
  await expect.poll(() => placeOf(page), { timeout: WAIT_MS, interval: 50 }).toEqual(expected);
}

/** Leaves a sign in the frame, which a reload would wipe out. */
export async function mark(sidebar: Frame): Promise<void> {
  await sidebar.evaluate(() => void Object.assign(window, { mark: 'here', clicks: 0 }));
  await sidebar.evaluate(() => {
    addEventListener(
      'click',
      () => Object.assign(window, { clicks: Reflect.get(window, 'clicks') + 1 }),
      true,
    );
  });
}

export async function isSameFrame(sidebar: Frame): Promise<boolean> {
  const asked = sidebar.evaluate(() => Reflect.get(window, 'mark') === 'here').catch(() => false);
  return Promise.race([asked, sleep(5_000, false)]);
}

/** Whether a click where the overlay lies gets into the frame. */
export async function takesClicks(page: Page, sidebar: Frame): Promise<boolean> {
  await untilPainted(sidebar);
  const before = await sidebar.evaluate(() => Reflect.get(window, 'clicks'));
  const { left, bottom } = (await findHost(page)) ?? { left: 0, bottom: 0 };
  await page.mouse.click(left + 40, bottom - 20);
  await sleep(300);
  return (await sidebar.evaluate(() => Reflect.get(window, 'clicks'))) === before + 1;
}

/** Before its first picture is on the screen, nobody can click into a frame. */
async function untilPainted(frame: Frame): Promise<void> {
  await frame.evaluate(
    () => new Promise<void>((done) => requestAnimationFrame(() => requestAnimationFrame(() => done()))),
  );
}

/** Also in an open shadow root. */
export function findHost(page: Page): Promise<{ left: number; right: number; bottom: number } | undefined> {
  return page.evaluate(() => {
    const find = (root: Document | ShadowRoot): Element | undefined => {
      const own = root.querySelector('earshot-sidebar');
      if (own !== null) return own;
      for (const { shadowRoot } of root.querySelectorAll('*')) {
        const inside = shadowRoot === null ? undefined : find(shadowRoot);
        if (inside !== undefined) return inside;
      }
      return undefined;
    };
    return find(document)?.getBoundingClientRect().toJSON();
  });
}
