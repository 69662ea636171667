import { deflateRawSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { findDifferences } from '../../packages/find-differences.ts';
import { type Explanation, judgeLint } from '../../packages/judge-lint.ts';
import { readZip } from '../../packages/read-zip.ts';

/** One file, packed by deflate or not at all. */
function zipOf(name: string, content: string, way: 0 | 8): Buffer {
  const data = way === 8 ? deflateRawSync(content) : Buffer.from(content);
  const local = Buffer.alloc(30 + name.length);
  local.writeUInt16LE(name.length, 26);
  local.write(name, 30);
  const entry = Buffer.alloc(46 + name.length);
  entry.writeUInt32LE(0x02014b50, 0);
  entry.writeUInt16LE(way, 10);
  entry.writeUInt32LE(data.length, 20);
  entry.writeUInt16LE(name.length, 28);
  entry.write(name, 46);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(local.length + data.length, 16);
  return Buffer.concat([local, data, entry, end]);
}

describe('a zip', () => {
  test.each([0, 8] as const)('gives its files back, packed in way %i', (way) => {
    const files = readZip(zipOf('a/b.txt', 'words '.repeat(20), way));
    expect([...files].map(([name, content]) => [name, content.toString()])).toEqual([
      ['a/b.txt', 'words '.repeat(20)],
    ]);
  });

  test('that is none says so', () => {
    expect(() => readZip(Buffer.from('no zip at all, but long enough'))).toThrow('This is no zip');
  });
});

describe('the differences of two sets of files', () => {
  const files = (contents: Record<string, string>) =>
    new Map(Object.entries(contents).map(([name, content]) => [name, Buffer.from(content)]));

  test('are none where every byte is the same', () => {
    expect(findDifferences(files({ a: 'x', b: 'y' }), files({ b: 'y', a: 'x' }))).toEqual([]);
  });

  test.each([
    ['a byte', { a: 'xyz' }, { a: 'xYz' }, 'a differs from byte 1 on (3 and 3 bytes).'],
    ['an end', { a: 'xy' }, { a: 'xyz' }, 'a differs from byte 2 on (2 and 3 bytes).'],
    ['a missing file', { a: 'x', b: '' }, { a: 'x' }, 'b is in the first alone.'],
    ['a file too many', { a: 'x' }, { a: 'x', b: '' }, 'b is in the second alone.'],
  ])('tell %s', (_what, first, second, sentence) => {
    expect(findDifferences(files(first), files(second))).toEqual([sentence]);
  });
});

describe('what the linter finds', () => {
  const finding = (_type: 'error' | 'warning' | 'notice', file?: string) => ({
    _type,
    code: 'UNSAFE',
    message: 'Unsafe.',
    ...(file === undefined ? {} : { file }),
  });
  const explained: Explanation = { code: 'UNSAFE', file: 'chunks/a.js', count: 1, reason: 'Never called.' };
  const none = { errors: [], warnings: [], notices: [] };

  test('is fine where all of it is explained, whatever its hash', () => {
    const found = { ...none, warnings: [finding('warning', 'chunks/a-Bc_D-12x.js')] };
    expect(judgeLint(found, [explained])).toEqual([]);
  });

  test.each([
    ['a warning', { ...none, warnings: [finding('warning', 'b.js')] }, [], 'UNSAFE in b.js, 1 times'],
    ['a notice', { ...none, notices: [finding('notice')] }, [], 'UNSAFE, 1 times, is not explained: Unsafe.'],
    [
      'one more of those explained',
      { ...none, warnings: [finding('warning', 'chunks/a.js'), finding('warning', 'chunks/a.js')] },
      [explained],
      'UNSAFE in chunks/a.js, 2 times',
    ],
    ['an explanation of nothing', none, [explained], 'UNSAFE in chunks/a.js is explained, and is gone.'],
    ['an error', { ...none, errors: [finding('error', 'chunks/a.js')] }, [], 'error UNSAFE: Unsafe.'],
  ])('is told for %s', (_what, found, explanations, sentence) => {
    expect(judgeLint(found, explanations).join('\n')).toContain(sentence);
  });

  test('is not guessed from something that is no report', () => {
    expect(() => judgeLint({ summary: {} }, [])).toThrow();
  });
});
