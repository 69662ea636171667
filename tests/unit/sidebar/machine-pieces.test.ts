import { describe, expect, test } from 'vitest';
import { cutPieces } from '../../../components/sidebar/machine-pieces.ts';

describe('a text for a model', () => {
  test.each<[name: string, text: string, pieces: string[]]>([
    ['that fits', 'ab\ncd', ['ab\ncd']],
    ['of nothing', '', []],
    ['of lines is cut between them', 'aaaa\nbbbbbb\ncccc', ['aaaa\n', 'bbbbbb\n', 'cccc']],
    ['keeps short lines together', 'aa\nbb\ncc\ndd', ['aa\nbb\ncc\n', 'dd']],
    ['of one long line is cut between words', 'aaa bbb ccc ddd', ['aaa bbb ', 'ccc ddd']],
    ['of one long word is cut anyway', 'aaaaaaaaaaaaaaaaaaaa', ['aaaaaaaaaa', 'aaaaaaaaaa']],
    ['never within a character', 'aaaaaaaaa😀b', ['aaaaaaaaa', '😀b']],
  ])('%s', (_name, text, pieces) => {
    expect(cutPieces(text, 10)).toEqual(pieces);
  });

  test('is whole when its pieces are joined, and no piece is too long', () => {
    const text = Array.from({ length: 20_000 }, (_, index) => `Caller: line ${index}`).join('\n');
    const pieces = cutPieces(text);
    expect(pieces.join('')).toBe(text);
    expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThanOrEqual(4_000);
  });
});
