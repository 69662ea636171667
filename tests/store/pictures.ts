/** What the stores show: screenshots of the real extension, and the two pictures that are laid out in `docs/art`. */
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { picture, setLook } from '../shots/look.ts';
import { scenes } from '../shots/scenes.ts';
import { shrinkPng } from '../shots/small-png.ts';
import type { Stage, Theatre } from '../shots/stage.ts';

export type StorePicture = {
  /** kebab-case; `store/pictures/<name>.png`. */
  name: string;
  size: { width: number; height: number };
  take(theatre: Theatre): Promise<Buffer>;
};

/** Chrome's, Edge's and Mozilla's: https://developer.chrome.com/docs/webstore/images */
const SCREENSHOT = { width: 1280, height: 800 };
const TILE = { width: 440, height: 280 };
const MARQUEE = { width: 1400, height: 560 };

const art = resolve(import.meta.dirname, '../../docs/art');

export const pictures: readonly StorePicture[] = [
  screenshot('1-live-call', 'live-call', 'light'),
  screenshot('2-note', 'note', 'light'),
  screenshot('3-keywords', 'keywords', 'light'),
  screenshot('4-search-dark', 'search', 'dark'),
  {
    name: '5-start',
    size: SCREENSHOT,
    async take(theatre) {
      await theatre.set();
      const page = await theatre.browser.newPage(theatre.browser.url('options.html#start'));
      try {
        await page.setViewport(SCREENSHOT);
        await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: 'light' }]);
        return await shrinkPng(theatre.backstage, await page.screenshot({ encoding: 'base64' }));
      } finally {
        await page.close();
      }
    },
  },
  promo('tile', TILE, async (stage) => ({ sidebar: (await picture(stage, '')).png })),
  promo('marquee', MARQUEE, async ({ page }) => ({ ticket: await page.screenshot({ encoding: 'base64' }) })),
];

/** The ticket with the sidebar beside it, in a state that `npm run shots` pictures too. */
function screenshot(name: string, scene: string, theme: 'light' | 'dark'): StorePicture {
  return {
    name,
    size: SCREENSHOT,
    async take(theatre) {
      const stage = await theatre.set();
      await perform(stage, scene, theme, 1);
      return shrinkPng(theatre.backstage, await stage.page.screenshot({ encoding: 'base64' }));
    },
  };
}

/** `show` takes what the page of that name puts where it says `data-picture`, as base64 PNG. */
function promo(
  name: string,
  size: { width: number; height: number },
  show: (stage: Stage) => Promise<Record<string, string>>,
): StorePicture {
  return {
    name,
    size,
    async take(theatre) {
      const stage = await theatre.set();
      // As many pixels as a picture that is shown smaller or larger needs.
      await perform(stage, 'live-call', 'light', 2);
      const shown = await show(stage);
      const page = await theatre.browser.newPage(pathToFileURL(resolve(art, `${name}.html`)).href);
      try {
        await page.setViewport({ ...size, deviceScaleFactor: 1 });
        await page.$$eval(
          'img[data-picture]',
          (images, pngs) =>
            Promise.all(
              images.map((image) => {
                image.src = `data:image/png;base64,${pngs[image.dataset['picture'] ?? ''] ?? ''}`;
                return image.decode();
              }),
            ),
          shown,
        );
        return Buffer.from(await page.screenshot());
      } finally {
        await page.close();
      }
    },
  };
}

async function perform(
  stage: Stage,
  name: string,
  theme: 'light' | 'dark',
  deviceScaleFactor: number,
): Promise<void> {
  const scene = scenes.find((one) => one.name === name);
  if (scene === undefined) throw new Error(`There is no scene ${name}.`);
  await scene.prepare(stage);
  await stage.page.setViewport({ ...SCREENSHOT, deviceScaleFactor });
  await stage.page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: theme }]);
  await setLook(stage, { theme, width: 360 });
}
