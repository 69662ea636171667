/** What is looked at in one scene only: forced colours, 200 % zoom, and the whole page. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CDPSession, Page } from 'puppeteer-core';
import { openWithCall } from './connection-scenes.ts';
import { guideShots } from './guide-shots.ts';
import { type Picture, picture, setLook, themes } from './look.ts';
import { settingsShots } from './settings-shots.ts';
import { writeSheet } from './sheet.ts';
import { shrinkPng } from './small-png.ts';
import type { SpecialShot } from './special-shot.ts';
import { type Stage, type Theatre, WINDOW } from './stage.ts';
import { settle } from './stopped-clock.ts';

export const specialShots: readonly SpecialShot[] = [
  {
    name: 'forced-colors',
    take: (theatre, folder) =>
      write(theatre, join(folder, 'forced-colors.png'), async (stage) => {
        const taken: Picture[] = [];
        for (const theme of themes) {
          await setLook(stage, { theme, width: 360 });
          await forceColours(stage, theme);
          await settle(stage.sidebar);
          taken.push(await picture(stage, `forced colours, ${theme} · 360 px`));
        }
        return taken;
      }),
  },
  {
    name: 'zoom',
    take: (theatre, folder) =>
      write(theatre, join(folder, 'zoom.png'), async (stage) => {
        const taken: Picture[] = [];
        const { width, height } = WINDOW;
        // What 200 % leaves of a window of 1280 × 1120.
        await stage.page.setViewport({ width: width / 2, height, deviceScaleFactor: 2 });
        for (const theme of themes) {
          await setLook(stage, { theme, width: 360 });
          const { caption, ...shot } = await picture(stage, `200 %, ${theme} · 360 px`);
          taken.push({ caption, png: shot.png, width: shot.width * 2, height: shot.height * 2 });
        }
        return taken;
      }),
  },
  {
    name: 'ticket',
    async take(theatre, folder) {
      const stage = await theatre.set();
      await openWithCall(stage);
      await stage.page.setViewport({ width: 1280, height: 800 });
      for (const theme of themes) {
        await stage.page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: theme }]);
        await setLook(stage, { theme, width: 360 });
        const png = await stage.page.screenshot({ encoding: 'base64' });
        writeFileSync(join(folder, `ticket-${theme}.png`), await shrinkPng(theatre.backstage, png));
      }
    },
  },
  ...settingsShots,
  ...guideShots,
];

async function write(
  theatre: Theatre,
  path: string,
  take: (stage: Stage) => Promise<Picture[]>,
): Promise<void> {
  const stage = await theatre.set();
  await openWithCall(stage);
  await writeSheet(theatre.browser.browser, path, await take(stage));
}

/** The sidebar's frame lives in a process of its own, which is told by itself. */
async function forceColours(stage: Stage, theme: 'light' | 'dark'): Promise<void> {
  const features = [
    { name: 'forced-colors', value: 'active' },
    { name: 'prefers-color-scheme', value: theme },
  ];
  for (const session of await sessionsOf(stage.page)) {
    await session.send('Emulation.setEmulatedMedia', { features });
  }
}

async function sessionsOf(page: Page): Promise<CDPSession[]> {
  const frames = page
    .browser()
    .targets()
    .filter((target) => target.url().endsWith('/sidebar.html'));
  return Promise.all([page.createCDPSession(), ...frames.map((target) => target.createCDPSession())]);
}
