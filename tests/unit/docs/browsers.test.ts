/** docs/browsers.md: each test of one browser has its reason there, and the oldest versions are those of the manifests. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root, tableOf } from './documents.ts';

const PAGE = 'docs/browsers.md';
const differences = tableOf(PAGE, 'what');
const tests = tableOf(PAGE, 'file').map(([file = '', why = '']) => ({ file: file.replaceAll('`', ''), why }));

test('each test of one browser says why, and no other is listed', () => {
  const ofOne = readdirSync(join(root, 'tests/e2e'))
    .filter((name) => /\.(?:chromium|firefox)\.test\.ts$/.test(name))
    .map((name) => `tests/e2e/${name}`);
  const listed = tests.map(({ file }) => file);
  expect(listed.filter((file) => /\.(?:chromium|firefox)\./.test(file))).toEqual(ofOne.sort());
  expect(tests.filter(({ why }) => why === '')).toEqual([]);
});

test('each test that looks at both in one run is listed, and no other', () => {
  const [, names = ''] = /const OF_BOTH = \[([^\]]+)\]/.exec(readText('vitest.config.ts')) ?? [];
  const ofBoth = [...names.matchAll(/'(\w+)'/g)].map(([, name]) => `tests/e2e/${name}.test.ts`);
  const listed = tests.map(({ file }) => file).filter((file) => !/\.(?:chromium|firefox)\./.test(file));
  expect(listed).toEqual(ofBoth);
});

test('the oldest versions are those of the manifests', () => {
  const manifests = readText('wxt.config.ts');
  const [, chromium, firefox] = differences.find(([what]) => what === 'Oldest version') ?? [];
  expect(manifests).toContain(`minimum_chrome_version: '${chromium}'`);
  expect(manifests).toContain(`strict_min_version: '${firefox}.0'`);
});

test('every difference says where it stands', () => {
  const rows = differences.filter(([what = '']) => !what.startsWith('**'));
  expect(rows.length).toBeGreaterThan(30);
  expect(rows.filter(([, , , place = '']) => place === '').map(([what]) => what)).toEqual([]);
});

function readText(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}
