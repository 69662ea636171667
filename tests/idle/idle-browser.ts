/** What the idleness run needs of a browser: to be driven, and to be left alone. */
import type { Frame, Page } from 'puppeteer-core';
import { findFirefox, openFirefox } from '../../demo/launcher/firefox-browser.ts';

export type IdleBrowser = {
  /** The address of one of the extension's own pages. */
  url(page: string): string;
  newPage(url: string): Promise<Page>;
  /** The open page with this address. */
  findPage(url: string): Promise<Page>;
  clickIcon(page: Page): Promise<void>;
  sidebarFrame(page: Page): Promise<Frame>;
  /** Ends whatever could keep the background awake from outside; every page and frame is void. */
  letGo(): Promise<void>;
  takeHold(): Promise<void>;
  /**
   * Names the background that runs now: another one after each start; `undefined` while none runs. Asked from
   * outside, without touching the extension.
   */
  backgroundId(): Promise<string | undefined>;
  close(): Promise<void>;
};

/** BiDi leaves the background alone, so there is nothing to let go of. */
export async function openIdleFirefox(extensionPath: string): Promise<IdleBrowser> {
  const firefox = await openFirefox({
    executablePath: findFirefox(process.env),
    extensionPath,
    headless: true,
  });
  return {
    ...firefox,
    findPage: async (url) => pickPage(await firefox.browser.pages(), url),
    letGo: async () => {},
    takeHold: async () => {},
  };
}

export function pickPage(pages: readonly Page[], url: string): Page {
  const page = pages.find((candidate) => candidate.url() === url);
  if (page === undefined) throw new Error(`The page ${url} is gone.`);
  return page;
}
