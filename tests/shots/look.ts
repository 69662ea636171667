/** Pictures of one sidebar: in both themes and three widths, changed while it is open. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'puppeteer-core';
import type { Preferences } from '../../utils/settings/preferences.ts';
import { WAIT_MS } from '../e2e/world.ts';
import { type Stage, WINDOW } from './stage.ts';
import { settle } from './stopped-clock.ts';

export const themes = ['light', 'dark'] as const;
const widths = [280, 360, 640] as const;

export type Look = Pick<Preferences, 'theme' | 'width'>;
export type Picture = { caption: string; width: number; height: number; png: string };

const looks: readonly Look[] = themes.flatMap((theme) => widths.map((width) => ({ theme, width })));

/** The least of the page that is shown around a sidebar that was shrunk to a pill. */
const AROUND_PX = 16;

/** Sets a look and waits until page and sidebar have it. */
export async function setLook(stage: Stage, { theme, width }: Look): Promise<void> {
  await stage.prefer({ theme, width });
  await stage.sidebar.waitForFunction(
    (wantedTheme, wantedWidth) =>
      document.documentElement.dataset['theme'] === wantedTheme &&
      (innerWidth === wantedWidth || document.querySelector('[data-pill]') !== null),
    { timeout: WAIT_MS, polling: 20 },
    theme,
    width,
  );
  await restPointer(stage.page);
  await settle(stage.sidebar);
}

/** In the sidebar's lower corner nothing answers to it; beside the sidebar, the last it was over would keep its look. */
async function restPointer(page: Page): Promise<void> {
  const { width, height } = page.viewport() ?? WINDOW;
  await page.mouse.move(width - 20, height - 4);
}

/** The sidebar alone; a pill with a little of the page around it. */
export async function picture(stage: Stage, caption: string): Promise<Picture> {
  const clip = await clipOf(stage.page);
  const png = await untilAlike(() =>
    stage.page.screenshot({ clip, encoding: 'base64', captureBeyondViewport: false }),
  );
  return { caption, width: clip.width, height: clip.height, png };
}

export async function pictures(stage: Stage): Promise<Picture[]> {
  const taken: Picture[] = [];
  for (const look of looks) {
    await setLook(stage, look);
    taken.push(await picture(stage, `${look.theme} · ${look.width} px`));
  }
  return taken;
}

/** A frame that was resized is painted a little later than the page around it. */
async function untilAlike(shoot: () => Promise<string>): Promise<string> {
  let last = await shoot();
  for (let tries = 0; tries < 20; tries += 1) {
    await sleep(80);
    const next = await shoot();
    if (next === last) return next;
    last = next;
  }
  throw new Error('The sidebar does not come to rest.');
}

async function clipOf(page: Page): Promise<{ x: number; y: number; width: number; height: number }> {
  const { x, y, width, height } = await page.$eval('earshot-sidebar', (element) => {
    const box = element.getBoundingClientRect();
    return { x: box.x, y: box.y, width: box.width, height: box.height };
  });
  if (height > WINDOW.height / 4) return { x, y, width, height };
  return {
    x: x - AROUND_PX,
    y: y - AROUND_PX,
    width: width + 2 * AROUND_PX,
    height: height + 2 * AROUND_PX,
  };
}
