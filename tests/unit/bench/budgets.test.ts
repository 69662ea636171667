/** What a build is told of what it weighs. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { type Budgets, findFaults } from '../../../bench/size/budgets.ts';
import { type BuiltFile, readBuiltFiles, zipBytesOf } from '../../../bench/size/built-files.ts';

function fileOf(name: string, gzipBytes: number): BuiltFile {
  return { name, bytes: gzipBytes * 3, gzipBytes, zipBytes: gzipBytes + 100 };
}

describe('the budgets', () => {
  const budgets: Budgets = { files: { 'background.js': 1_000, 'sidebar.html': 50 }, zip: 1_500 };
  const [background, page] = [fileOf('background.js', 1_000), fileOf('sidebar.html', 50)];

  test.each([
    ['hold where nothing is over', [background, page], []],
    [
      'say which file is too big, by how much, and what to do',
      [fileOf('background.js', 1_200), page],
      [/^background\.js is too big: 1,200 bytes compressed, 200 more.*bench\/size\/budgets\.ts/],
    ],
    [
      'ask for one where a file has none',
      [background, page, fileOf('chunks/new.js', 7)],
      [/^chunks\/new\.js has no budget.*7 bytes/],
    ],
    ['want no line for a file that is gone', [background], [/^sidebar\.html has a budget and is not built/]],
    [
      'hold the whole as well',
      [background, { ...page, zipBytes: 400 }],
      [/^The whole extension, zipped, is too big: 1,522 bytes compressed, 22 more/],
    ],
  ])('%s', (_, files, faults) => {
    const found = findFaults(files, budgets);
    expect(found).toHaveLength(faults.length);
    for (const [index, fault] of faults.entries()) expect(found[index]).toMatch(fault);
  });
});

describe('the files of a build', () => {
  const folder = mkdtempSync(join(tmpdir(), 'earshot-built-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  for (const [path, text] of Object.entries({
    'background.js': 'a'.repeat(5_000),
    'chunks/preferences-store-Dk-F_WVR.js': 'b',
    'assets/sidebar-D-LCad_W.css': 'c',
    'content-scripts/overlay.js': 'd',
    '_locales/en/messages.json': '{}',
    'demo-call/en.json': '{}',
    'icon/128.png': '',
  })) {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), text);
  }

  test('are told by a name that stays, without locales and icons', () => {
    expect(readBuiltFiles(folder).map(({ name }) => name)).toEqual([
      'assets/sidebar.css',
      'background.js',
      'chunks/preferences-store.js',
      'content-scripts/overlay.js',
    ]);
  });

  test('weigh what they weigh compressed', () => {
    const files = readBuiltFiles(folder);
    const background = files.find(({ name }) => name === 'background.js');
    expect(background?.bytes).toBe(5_000);
    expect(background?.gzipBytes).toBeLessThan(100);
    expect(zipBytesOf(files)).toBeGreaterThan(zipBytesOf([]));
  });

  test('that are not there are said to be missing', () => {
    expect(() => readBuiltFiles(join(folder, 'none'))).toThrow(/no built extension in .*npm run build/);
  });
});
