/** The extension's own pages: the start, the settings, the inspector and the help, wide and narrow in both themes. */
import { join } from 'node:path';
import type { Page } from 'puppeteer-core';
import { WAIT_MS } from '../e2e/world.ts';
import { openWithCall } from './connection-scenes.ts';
import { type Picture, themes } from './look.ts';
import { writeSheet } from './sheet.ts';
import type { SpecialShot } from './special-shot.ts';
import type { Stage, Theatre } from './stage.ts';

const sizes = [
  { width: 1100, height: 900 },
  { width: 400, height: 900 },
] as const;

/** Events as no reader knows them, until somebody says which value is what. */
const foreign = [
  ['client', ['i', 'lost', 'my', 'debit', 'card']],
  ['agent', ['when', 'did', 'you', 'last', 'see', 'it']],
].map(([who, words], at) => ({
  ev: { meta: { conv: 'k-77', no: at + 1 }, body: { who, words, state: 'settled' } },
}));

export const settingsShots: readonly SpecialShot[] = [
  { name: 'start', take: (theatre, folder) => shoot(theatre, folder, 'start', 'options.html#start') },
  {
    name: 'settings',
    take: (theatre, folder) => shoot(theatre, folder, 'settings', 'options.html#relays', testConnection),
  },
  {
    name: 'inspector',
    take: (theatre, folder) => shoot(theatre, folder, 'inspector', 'options.html#inspector', mapTheText),
  },
  { name: 'help', take: (theatre, folder) => shoot(theatre, folder, 'help', 'help.html#token') },
];

async function shoot(
  theatre: Theatre,
  folder: string,
  name: string,
  path: string,
  act: (page: Page, stage: Stage) => Promise<void> = async () => {},
): Promise<void> {
  const stage = await theatre.set();
  await openWithCall(stage);
  const page = await theatre.browser.newPage(theatre.browser.url(path));
  const taken: Picture[] = [];
  try {
    await act(page, stage);
    for (const theme of themes) {
      await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: theme }]);
      for (const size of sizes) {
        await page.setViewport(size);
        const png = await page.screenshot({ encoding: 'base64' });
        taken.push({ caption: `${theme} · ${size.width} px`, png, ...size });
      }
    }
  } finally {
    await page.close();
  }
  await writeSheet(theatre.browser.browser, join(folder, `${name}.png`), taken);
}

async function testConnection(page: Page): Promise<void> {
  await page.locator('#test-connection').click();
  await page.waitForSelector('[data-hop="readable"]:not([data-state="waiting"],[data-state="running"])', {
    timeout: WAIT_MS,
  });
}

async function mapTheText(page: Page, stage: Stage): Promise<void> {
  stage.sayRaw(...foreign);
  await page.locator('[data-became="unread"]').click();
  await map(page, 'ev.meta.conv', 'Call id');
  await map(page, 'ev.body.who', 'Side');
}

async function map(page: Page, path: string, field: string): Promise<void> {
  await page.locator(`[data-path="${path}"] .ask`).click();
  await page.locator(`[role="menuitemcheckbox"] ::-p-text(${field})`).click();
  await page.waitForSelector(`[data-path="${path}"] .tag`, { timeout: WAIT_MS });
}
