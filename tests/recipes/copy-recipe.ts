/**
 * A recipe's file as it is shipped, with addresses, paths and ports changed to those of a test. A text that is to be
 * changed and is not there is an error: the recipe says something else than the test believes.
 */
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';

const recipes = join(import.meta.dirname, '../../relay/recipes');

/** From a text in the file, exactly as it stands there, to what takes its place, at each occurrence. */
export type Changes = Readonly<Record<string, string>>;

/** Writes `recipe`, a path under relay/recipes, into `folder`, for its owner alone. Returns where it is. */
export function copyRecipe(folder: string, recipe: string, changes: Changes = {}, append = ''): string {
  let text = readFileSync(join(recipes, recipe), 'utf8');
  for (const [from, to] of Object.entries(changes)) {
    if (!text.includes(from)) throw new Error(`${recipe} does not hold ${JSON.stringify(from)}`);
    text = text.replaceAll(from, () => to);
  }
  const written = join(folder, basename(recipe));
  writeFileSync(written, text + append);
  chmodSync(written, 0o600);
  return written;
}
