/** Opens a call as an agent does, by the icon or the picker, and says how long it took. */
import { setTimeout as wait } from 'node:timers/promises';
import type { Frame, Page } from 'puppeteer-core';
import { sidebarFrame } from '../../demo/launcher/extension-browser.ts';
import { nowUs } from '../relay/bench-event.ts';
import type { BenchBrowser } from './bench-browser.ts';
import { clockOffsetUs } from './clock-offset.ts';
import {
  type Awaited,
  type Opened,
  takeOpened,
  watchOpening,
  watchOpeningFromStart,
} from './watch-opening.ts';

/** Milliseconds from the click. */
export type OpeningTimes = { newestMs: number; wholeMs: number };

/** What loading the page leaves to be done is done by then. */
const CALM_MS = 500;
const MENU_PAINTED_MS = 200;
const PICKER_WITHIN_MS = 5_000;

/** In a page that has just been opened; the call must be the newest. The page is left open. */
export async function openByIcon(
  { browser, sender, crmUrl }: BenchBrowser,
  page: Page,
  awaited: Awaited,
): Promise<OpeningTimes> {
  await watchOpeningFromStart(page, awaited);
  await page.goto(crmUrl, { waitUntil: 'load' });
  await page.bringToFront();
  await wait(CALM_MS);
  const clickedUs = nowUs();
  await browser.clickIcon(page);
  const sidebar = await sidebarFrame(page);
  const opened = await takeOpened(sidebar);
  const offsetUs = await clockOffsetUs(sidebar, sender.bareUrl);
  return timesSince(clickedUs + offsetUs, opened);
}

/** In a sidebar that shows another call. */
export async function openByPicker(sidebar: Frame, awaited: Awaited): Promise<OpeningTimes> {
  await watchOpening(sidebar, awaited);
  await sidebar.click('.picker');
  const option = `[data-call-option="${awaited.call}"]`;
  await sidebar.waitForSelector(option, { timeout: PICKER_WITHIN_MS });
  await wait(MENU_PAINTED_MS);
  const clickedUs = await sidebar.$eval(option, (item) => {
    const atUs = (performance.timeOrigin + performance.now()) * 1_000;
    (item as HTMLElement).click();
    return atUs;
  });
  return timesSince(clickedUs, await takeOpened(sidebar));
}

function timesSince(clickedUs: number, { newestUs, wholeUs }: Opened): OpeningTimes {
  return { newestMs: (newestUs - clickedUs) / 1_000, wholeMs: (wholeUs - clickedUs) / 1_000 };
}
