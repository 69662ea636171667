/** What the extension weighs: every file, and the whole as it is downloaded. */
import { join } from 'node:path';
import type { Measure } from '../section.ts';
import { budgets, CONTENT_SCRIPT, goals } from './budgets.ts';
import { readBuiltFiles, zipBytesOf } from './built-files.ts';

const FOLDER = join(import.meta.dirname, '../../.output/chrome-mv3');

export const measureSize: Measure = async () => {
  const files = readBuiltFiles(FOLDER);
  const zipBytes = zipBytesOf(files);
  const contentScriptBytes = files.find(({ name }) => name === CONTENT_SCRIPT)?.gzipBytes ?? Number.NaN;
  const rows = files
    .toSorted((one, other) => other.gzipBytes - one.gzipBytes)
    .map(({ name, bytes, gzipBytes, zipBytes: inZip }) => [
      name,
      ...[bytes, gzipBytes, inZip, budgets.files[name] ?? Number.NaN].map((count) =>
        count.toLocaleString('en'),
      ),
    ]);
  return {
    tables: [
      {
        title: 'Size: files, without locales and icons',
        rows: [
          ['', 'bytes', 'gzipped', 'in the zip', 'budget, gzipped'],
          ...rows,
          ['whole zip', '', '', zipBytes.toLocaleString('en'), budgets.zip.toLocaleString('en')],
        ],
      },
    ],
    ratios: {
      'size.zip.ofGoal': zipBytes / goals.zip,
      'size.contentScript.ofGoal': contentScriptBytes / goals.contentScript,
    },
    figures: {
      'size.zipBytes': zipBytes,
      ...Object.fromEntries(files.map(({ name, gzipBytes }) => [`size.${name}.gzipBytes`, gzipBytes])),
    },
    goals: [
      {
        what: 'content script, gzipped',
        value: contentScriptBytes,
        unit: 'bytes',
        limit: { atMost: goals.contentScript },
      },
      {
        what: 'whole extension, zipped, without locales and icons',
        value: zipBytes,
        unit: 'bytes',
        limit: { atMost: goals.zip },
        held: { atMost: budgets.zip },
      },
    ],
  };
};
