/** A real browser with the built extension in it, driven as an agent would drive it: the same hands in each browser. */
import type { Browser, Frame, Page } from 'puppeteer-core';

export const browserNames = ['chromium', 'firefox'] as const;
export type BrowserName = (typeof browserNames)[number];

export type DrivenBrowser = {
  name: BrowserName;
  browser: Browser;
  /** The address of one of the extension's own pages. */
  url(page: string): string;
  /** Loads it whole; of the extension's own pages wait for a selector, since Firefox tells no more of them. */
  newPage(url: string): Promise<Page>;
  /** Clicks the toolbar icon in that tab, with the `activeTab` grant that a real click gives. */
  clickIcon(page: Page): Promise<void>;
  /** The sidebar's frame in a page, once it is there and painted. */
  sidebarFrame(page: Page): Promise<Frame>;
  /** Ends the background that runs now, as a browser may at any moment; resolves when it is gone. */
  endBackground(): Promise<void>;
  close(): Promise<void>;
};

export function isBrowserName(name: string): name is BrowserName {
  return browserNames.some((known) => known === name);
}

/** Whether a page holds anything of ours. */
export function hasOverlay(page: Page): Promise<boolean> {
  return page.evaluate(() => document.querySelector('earshot-sidebar') !== null);
}
