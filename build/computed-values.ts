/**
 * Modules whose values are computed while the extension is built: what they read and what they compute it with stays
 * out of the extension. A test that imports one gets the same values, computed then.
 */
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Plugin } from 'vite';

const FOLDER = join(import.meta.dirname, 'values');

/** For every file of `build/values`, whose exports have to be plain JSON. */
export function computedValues(): Plugin {
  return {
    name: 'earshot:computed-values',
    enforce: 'pre',
    async load(id) {
      const [file = ''] = id.split('?');
      if (dirname(file) !== FOLDER) return null;
      const values: Record<string, unknown> = await import(pathToFileURL(file).href);
      return Object.entries(values)
        .map(([name, value]) => `export const ${name} = ${JSON.stringify(value)};`)
        .join('\n');
    },
  };
}
