/** The matrix of `npm run editors`: every case in every editor, in both browsers, against the real extension. */
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { browserNames } from '../../demo/launcher/driven-browser.ts';
import { buildPages } from '../editors/build-pages.ts';
import { caseNames } from '../editors/cases.ts';
import { faultsIn } from '../editors/exceptions.ts';
import { reasons } from '../editors/format-table.ts';
import { editorNames } from '../editors/registry.ts';
import { type Matrix, openMatrix } from '../editors/run-matrix.ts';

const ROOT = resolve(import.meta.dirname, '../..');
/** The first run installs the editors. */
const BUILD_MS = 300_000;

beforeAll(() => buildPages(console.log), BUILD_MS);

test('the pages of the editors agree with the types of the editors', () => {
  const { status, stdout, stderr } = spawnSync('npx', ['tsc', '--noEmit', '-p', 'tests/editors/pages'], {
    cwd: ROOT,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  expect({ status, said: stdout + stderr }).toEqual({ status: 0, said: '' });
});

describe('text put into the editors of a page', () => {
  const matrices: Matrix[] = [];

  beforeAll(async () => {
    for (const browser of browserNames) matrices.push(await openMatrix(browser));
  });

  afterAll(async () => {
    await Promise.all(matrices.map((matrix) => matrix.close()));
  });

  // The browsers take each editor at the same time: an insertion is mostly waiting.
  test.each(editorNames)('%s holds it in every case, or is left as it was', async (editor) => {
    const rows = await Promise.all(matrices.map((matrix) => matrix.run(editor, caseNames)));
    for (const [index, browser] of browserNames.entries()) {
      const row = rows[index];
      if (row === undefined) throw new Error(`${browser} did not run.`);
      const why = [browser, ...reasons(row)].join('\n');
      expect(Object.keys(row.cells), why).not.toEqual([]);
      expect(faultsIn(browser, row), why).toEqual({});
    }
  });
});
