/** The sidebar of a tab that was loaded anew. */
import type { Frame, Page } from 'puppeteer-core';
import type { DrivenBrowser } from '../../demo/launcher/driven-browser.ts';

/** In Chromium it comes back by itself; in Firefox the click's permission ends with the page, and another is due. */
export async function reloadWithSidebar(browser: DrivenBrowser, page: Page): Promise<Frame> {
  await page.bringToFront();
  await page.reload();
  if (browser.name === 'firefox') await browser.clickIcon(page);
  return browser.sidebarFrame(page);
}
