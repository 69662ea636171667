/** What a page of help is made of, whatever its Markdown says. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readMarkdown } from '../../../build/read-markdown.ts';
import type { Piece } from '../../../components/help/piece.ts';

test.each<[string, Piece[]]>([
  [
    '# A title\n\nWords',
    [
      ['h1', 'A title'],
      ['p', 'Words'],
    ],
  ],
  [
    '## Two\n#### Four',
    [
      ['h2', 'Two'],
      ['h3', 'Four'],
    ],
  ],
  [
    'It is *so* and **so** and `so`',
    [['p', 'It is ', ['em', 'so'], ' and ', ['strong', 'so'], ' and ', ['code', 'so']]],
  ],
  ['a \\* b', [['p', 'a * b']]],
  ['- one\n- two', [['ul', ['li', 'one'], ['li', 'two']]]],
  ['1. one', [['ol', ['li', 'one']]]],
  ['> said', [['blockquote', ['p', 'said']]]],
  ['```\nrun <it>\n```', [['pre', ['code', 'run <it>']]]],
  ['---', [['hr']]],
  ['one  \ntwo', [['p', 'one', ['br'], 'two']]],
  ['| a |\n| - |\n| b |', [['table', ['thead', ['tr', ['th', 'a']]], ['tbody', ['tr', ['td', 'b']]]]]],
  ['|   |\n| - |\n| b |', [['table', ['tbody', ['tr', ['td', 'b']]]]]],
  ['[a *token*](help/token.md)', [['p', ['a', '#token', 'a ', ['em', 'token']]]]],
  ['[out](https://example.com/)', [['p', ['a', 'https://example.com/', 'out']]]],
  ['see [this](http://example.com/)', [['p', 'see this']]],
  ['[this](javascript:alert(1))', [['p', 'this']]],
  ['<b onclick="x()">words</b>', [['p', 'words']]],
  ['<script>x()</script>', []],
  ['![a picture](https://example.com/a.png)', []],
])('%j', (markdown, pieces) => {
  expect(readMarkdown(markdown).pieces).toEqual(pieces);
});

test('is called as its first heading says', () => {
  expect(readMarkdown('# One\n\n## Two')).toMatchObject({ title: 'One' });
});

test('nothing but text, known elements and links that may be followed comes out', () => {
  const names = 'h1,h2,h3,p,ul,ol,li,table,thead,tbody,tr,th,td,pre,code,blockquote,strong,em,br,hr,a'.split(
    ',',
  );
  const check = (piece: Piece): void => {
    if (typeof piece === 'string') return;
    const [name, ...inside] = piece;
    expect(names).toContain(name);
    if (name === 'a') expect(inside.shift()).toMatch(/^(?:#[a-z-]+|https:\/\/)/);
    inside.forEach(check);
  };
  const bit = fc.constantFrom(
    '<img src=x onerror=y>',
    '<a href="javascript:x">',
    '[a](',
    'javascript:x',
    'token.md',
    ')',
    '![',
    '*',
    '_',
    '`',
    '\n',
    '\n\n',
    '# ',
    '- ',
    '> ',
    '|',
    '--',
    'https://a.example',
    '<!--',
    '&lt;',
    ' ',
    'word',
  );
  fc.assert(
    fc.property(fc.array(bit, { maxLength: 30 }), (bits) => {
      readMarkdown(bits.join('')).pieces.forEach(check);
    }),
  );
});
