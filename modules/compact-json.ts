/** JSON files go into the extension without what only people read: line breaks and indents. */
import { readFile } from 'node:fs/promises';
import { defineWxtModule } from 'wxt/modules';

export default defineWxtModule((wxt) => {
  wxt.hook('build:publicAssets', async (_wxt, files) => {
    for (const [at, file] of files.entries()) {
      if (!('absoluteSrc' in file) || !file.absoluteSrc.endsWith('.json')) continue;
      const contents = JSON.stringify(JSON.parse(await readFile(file.absoluteSrc, 'utf8')));
      files[at] = { relativeDest: file.relativeDest, contents };
    }
  });
});
