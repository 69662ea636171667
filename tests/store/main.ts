/**
 * The second half of `npm run store`, for the built extension: what the stores show, into `store/pictures`.
 *   node tests/store/main.ts [--only live-call,tile]
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { openTheatre } from '../shots/stage.ts';
import { pictures } from './pictures.ts';

const folder = resolve(import.meta.dirname, '../../store/pictures');
const { values } = parseArgs({ options: { only: { type: 'string' } } });
const only = values.only?.split(',');
const wanted = pictures.filter(({ name }) => only?.includes(name) ?? true);
if (wanted.length === 0) {
  throw new Error(`There is no such picture. There are: ${pictures.map(({ name }) => name).join(', ')}.`);
}

mkdirSync(folder, { recursive: true });
const theatre = await openTheatre();
try {
  for (const { name, take } of wanted) {
    writeFileSync(join(folder, `${name}.png`), await take(theatre));
    console.log(name);
  }
} finally {
  await theatre.close();
}
process.exit();
