/** What is in a CRM page without Earshot, with its sidebar off, on, and off again. */
import { setTimeout as wait } from 'node:timers/promises';
import { openSidebar } from '../../demo/launcher/agent-walk.ts';
import { hasOverlay } from '../../demo/launcher/driven-browser.ts';
import type { BenchBrowser } from './bench-browser.ts';
import { type PageContents, watchContents } from './page-contents.ts';

export type PageTurns = Record<'without' | 'off' | 'on' | 'offAgain', PageContents>;

/** The frame has loaded, and the script has done what it leaves for an idle moment. */
const SETTLED_AFTER_MS = 700;
/** The script's longest timer, which holds what it made until it has passed. */
const FORGOTTEN_AFTER_MS = 6_000;
const POLL_MS = 50;

/** `meanwhile` is done after the sidebar was turned off again. Takes the extension out of the browser at the end. */
export async function measureTurns(
  { browser, crmUrl }: BenchBrowser,
  meanwhile: () => Promise<void>,
): Promise<PageTurns> {
  const page = await browser.newPage(crmUrl);
  const watch = await watchContents(page);
  const off = await watch.look();
  await openSidebar(browser, page);
  await wait(SETTLED_AFTER_MS);
  const on = await watch.look();
  await browser.clickIcon(page);
  while (await hasOverlay(page)) await wait(POLL_MS);
  await Promise.all([meanwhile(), wait(FORGOTTEN_AFTER_MS)]);
  const offAgain = await watch.look();
  await page.close();

  await browser.browser.uninstallExtension(browser.extension.id);
  const bare = await browser.newPage(crmUrl);
  const without = await (await watchContents(bare)).look();
  await bare.close();
  return { without, off, on, offAgain };
}
