/**
 * Pictures every state of the sidebar, in the built extension in a real browser:
 *   node tests/shots/main.ts [--only live-call,menu] [--out docs/screens]
 * Writes a sheet per scene (both themes, three widths), some of them in Arabic too as `ar-<scene>`, the live call in
 * forced colours and at 200 %, and the ticket with the sidebar beside it. Needs `npm run build` before, and a browser
 * that speaks Arabic (on Debian: chromium-l10n).
 */
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { pictures } from './look.ts';
import type { Scene } from './scene.ts';
import { scenes } from './scenes.ts';
import { writeSheet } from './sheet.ts';
import { specialShots } from './special-shots.ts';
import { openTheatre, type Theatre } from './stage.ts';

const root = resolve(import.meta.dirname, '../..');
const inArabic = scenes.filter(({ arabic }) => arabic === true);
const names = [
  ...scenes.map(({ name }) => name),
  ...inArabic.map(({ name }) => `ar-${name}`),
  ...specialShots.map(({ name }) => name),
];

function readArguments(): { isWanted(name: string): boolean; folder: string } {
  const { values } = parseArgs({
    options: { only: { type: 'string' }, out: { type: 'string', default: 'docs/screens' } },
  });
  const only = values.only?.split(',');
  const unknown = only?.filter((name) => !names.includes(name)) ?? [];
  if (unknown.length > 0) {
    throw new Error(`There is no scene ${unknown.join(', ')}. There are: ${names.join(', ')}.`);
  }
  return { isWanted: (name) => only?.includes(name) ?? true, folder: resolve(root, values.out) };
}

async function main(): Promise<void> {
  const { isWanted, folder } = readArguments();
  mkdirSync(folder, { recursive: true });
  const own = scenes.filter(({ name }) => isWanted(name));
  const special = specialShots.filter(({ name }) => isWanted(name));
  if (own.length + special.length > 0) {
    await inTheatre(undefined, async (theatre) => {
      await shoot(theatre, own, (name) => join(folder, `${name}.png`));
      for (const { name, take } of special) await timed(name, () => take(theatre, folder));
    });
  }
  const arabic = inArabic.filter(({ name }) => isWanted(`ar-${name}`));
  if (arabic.length > 0) {
    await inTheatre('ar', (theatre) => shoot(theatre, arabic, (name) => join(folder, `ar-${name}.png`)));
  }
}

async function inTheatre(
  language: string | undefined,
  act: (theatre: Theatre) => Promise<void>,
): Promise<void> {
  const theatre = await openTheatre(language);
  try {
    await act(theatre);
  } finally {
    await theatre.close();
  }
}

async function shoot(
  theatre: Theatre,
  wanted: readonly Scene[],
  pathOf: (name: string) => string,
): Promise<void> {
  for (const { name, prepare } of wanted) {
    await timed(name, async () => {
      const stage = await theatre.set();
      await prepare(stage);
      await writeSheet(theatre.browser.browser, pathOf(name), await pictures(stage));
    });
  }
}

/** A scene that does not come about is said, and the others are played all the same. */
async function timed(name: string, act: () => Promise<void>): Promise<void> {
  const fromMs = performance.now();
  try {
    await act();
    console.log(`${((performance.now() - fromMs) / 1_000).toFixed(1).padStart(6)} s  ${name}`);
  } catch (error) {
    process.exitCode = 1;
    console.error(`The scene ${name} did not come about.`, error);
  }
}

main().then(
  () => process.exit(),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
