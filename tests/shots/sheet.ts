/** A sheet: pictures side by side with their captions, as one PNG. */
import { writeFileSync } from 'node:fs';
import type { Browser } from 'puppeteer-core';
import type { Picture } from './look.ts';
import { shrinkPng } from './small-png.ts';

const STYLE = `
  body { margin: 0; width: max-content; padding: 16px; display: flex; gap: 16px; align-items: start;
    background: #c3c7cd; font: 12px/16px "Noto Sans", sans-serif; color: #2b3038 }
  figure { margin: 0 } img { display: block } figcaption { padding-bottom: 6px }
`;

/** Writes it to `path`. */
export async function writeSheet(
  browser: Browser,
  path: string,
  pictures: readonly Picture[],
): Promise<void> {
  const page = await browser.newPage();
  const width = pictures.reduce((sum, picture) => sum + Math.max(picture.width, 90) + 16, 16);
  const height = Math.max(...pictures.map((picture) => picture.height)) + 64;
  await page.setViewport({ width, height, deviceScaleFactor: 1 });
  const figures = pictures.map(
    ({ caption, png, ...size }) =>
      `<figure><figcaption>${caption}</figcaption><img width="${size.width}" height="${size.height}" src="data:image/png;base64,${png}"></figure>`,
  );
  await page.setContent(`<style>${STYLE}</style>${figures.join('')}`, { waitUntil: 'load' });
  await page.$$eval('img', (images) => Promise.all(images.map((image) => image.decode())));
  const sheet = await page.$('body');
  if (sheet !== null) {
    writeFileSync(path, await shrinkPng(page, await sheet.screenshot({ encoding: 'base64' })));
  }
  await page.close();
}
