import { expect, test } from 'vitest';
import { plainText } from '../../../utils/editor/plain-text.ts';

test.each([
  ['keeps lines and tabs', 'a\tb\n\nc\n', 'a\tb\n\nc\n'],
  ['knows every line end', 'a\r\nb\rc\u2028d\u2029e', 'a\nb\nc\nd\ne'],
  ['drops control characters', 'a\u0000\u0007b\u001b[0m\u007f\u0085c', 'ab[0mc'],
  ['keeps emoji, joiners and directions', '👩‍👩‍👧 \u200fמ\u2068x\u2069', '👩‍👩‍👧 \u200fמ\u2068x\u2069'],
  ['keeps what looks like markup', '<b>x</b> &amp; {{a}} $&', '<b>x</b> &amp; {{a}} $&'],
])('%s', (_, text, plain) => {
  expect(plainText(text, 'many')).toBe(plain);
});

test('a field of one line gets a space for each line end', () => {
  expect(plainText('a\nb\r\n\r\nc ', 'one')).toBe('a b  c ');
});
