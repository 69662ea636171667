import { describe, expect, test } from 'vitest';
import { cleanLine, cleanText } from '../../../../utils/transcript/formats/clean-text.ts';

describe('clean text', () => {
  test.each([
    ['plain', 'as\tit\nis 😀 é', 'as\tit\nis 😀 é'],
    ['control characters', 'a\0b\x07c\x7fd\u0080e', 'abcde'],
    ['line breaks of other kinds', 'a\r\nb\rc\u2028d\u0085e', 'a\nb\nc\nd\ne'],
    ['lone surrogates', 'a\ud800b', 'a\ufffdb'],
    ['an override left open', '\u202eabc\ndef', '\u202eabc\u202c\ndef'],
    ['an isolate left open', '\u2067abc', '\u2067abc\u2069'],
    ['several left open', '\u2066\u202ba', '\u2066\u202ba\u202c\u2069'],
    ['an isolate that ends what began within', '\u2066\u202ba\u2069b', '\u2066\u202ba\u2069b'],
    ['ends of nothing', 'a\u202cb\u2069c', 'abc'],
    [
      'an embedding that is not ended from within an isolate',
      '\u202a\u2066a\u202cb',
      '\u202a\u2066ab\u2069\u202c',
    ],
    ['what is closed already', '\u202aa\u202c \u2068b\u2069', '\u202aa\u202c \u2068b\u2069'],
  ])('%s', (_, text, expected) => {
    expect(cleanText(text)).toBe(expected);
    expect(cleanText(expected)).toBe(expected);
  });

  test('of a line is one line', () => {
    expect(cleanLine(' a \n00:13 Callee: b\r\n\u202ec ')).toBe('a 00:13 Callee: b \u202ec\u202c');
  });
});
