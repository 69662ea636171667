/**
 * Draws `public/icon` and Edge's logo from `docs/art`, in a real browser. Small ones have drawings of their own, with
 * every edge on a pixel. For dark toolbars the tile is bright and the signs are dark, in the colours that the dark
 * theme has (`components/tokens.css`); only Firefox takes such a second icon.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { launch, type Page } from 'puppeteer-core';
import { findBrowser } from '../../demo/launcher/find-browser.ts';

const root = resolve(import.meta.dirname, '../..');
const art = join(root, 'docs', 'art');

type Icon = { path: string; drawing: string; size: number; onDark?: true };

const icons: readonly Icon[] = [
  ...([16, 24, 32, 48, 96, 128] as const).map((size) => ({
    path: `public/icon/${size}.png`,
    drawing: drawingFor(size),
    size,
  })),
  ...([16, 24, 32] as const).map(
    (size): Icon => ({
      path: `public/icon/on-dark-${size}.png`,
      drawing: drawingFor(size),
      size,
      onDark: true,
    }),
  ),
  { path: 'store/pictures/logo-300.png', drawing: 'icon.svg', size: 300 },
];

/** 32 is what 16 is on a screen of twice as many pixels. */
function drawingFor(size: number): string {
  if (size === 24) return 'icon-24.svg';
  return size <= 32 ? 'icon-16.svg' : 'icon.svg';
}

async function draw(page: Page, { path, drawing, size, onDark }: Icon): Promise<void> {
  const svg = readFileSync(join(art, drawing), 'utf8');
  const coloured = onDark ? svg.replaceAll('#14713f', '#3fae74').replaceAll('#fff', '#08130c') : svg;
  await page.setViewport({ width: size, height: size, deviceScaleFactor: 1 });
  await page.setContent(`<style>body { margin: 0 } svg { display: block }</style>${coloured}`);
  writeFileSync(join(root, path), await page.screenshot({ omitBackground: true }));
}

mkdirSync(join(root, 'store', 'pictures'), { recursive: true });
const browser = await launch({
  executablePath: findBrowser(process.env, console.log),
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
});
try {
  const page = await browser.newPage();
  for (const icon of icons) await draw(page, icon);
  console.log(`${icons.length} icons are drawn.`);
} finally {
  await browser.close();
}
