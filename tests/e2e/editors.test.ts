/** The matrix of `npm run editors`: every case in every editor, in both browsers, against the real extension. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildPages } from '../editors/build-pages.ts';
import { caseNames } from '../editors/cases.ts';
import { reasons } from '../editors/format-table.ts';
import { browserNames } from '../editors/open-lab.ts';
import { editorNames } from '../editors/registry.ts';
import { type Matrix, openMatrix } from '../editors/run-matrix.ts';

/** The first run installs the editors. */
const BUILD_MS = 300_000;

beforeAll(() => buildPages(console.log), BUILD_MS);

describe.each(browserNames)('text put into the editors of a page in %s', (browser) => {
  let matrix: Matrix;

  beforeAll(async () => {
    matrix = await openMatrix(browser);
  });

  afterAll(() => matrix.close());

  test.each(editorNames)('%s holds it in every case, or is left as it was', async (editor) => {
    const row = await matrix.run(editor, caseNames);
    expect(row.cells).not.toEqual({});
    const failed = Object.values(row.cells).some(({ is }) => is === 'failed');
    expect(failed ? reasons(row) : []).toEqual([]);
  });
});
