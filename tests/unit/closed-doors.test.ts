/** Who may speak to the extension: its own pages and its own script, and nobody else. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const files = ['entrypoints', 'components', 'utils'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name)),
);

test('nothing listens to other extensions, to scripts of the user, or to what pages post', () => {
  const doors =
    /on(?:Message|Connect)(?:External|Native)|onUserScript|addEventListener\(\s*['"]message(?:error)?['"]|BroadcastChannel|new SharedWorker/;
  expect(files.length).toBeGreaterThan(200);
  expect(files.filter((file) => doors.test(readFileSync(file, 'utf8')))).toEqual([]);
});
