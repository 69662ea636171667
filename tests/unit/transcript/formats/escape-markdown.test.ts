import { describe, expect, test } from 'vitest';
import {
  escapeMarkdown,
  escapeMarkdownHeading,
  escapeMarkdownLine,
} from '../../../../utils/transcript/formats/escape-markdown.ts';

describe('Markdown', () => {
  test.each([
    ['plain words, 50% - fine! (really) #1 a+b = c', 'plain words, 50% - fine! (really) #1 a+b = c'],
    ['**bold** and *it*', '\\*\\*bold\\*\\* and \\*it\\*'],
    ['2 * 3 ~ 6', '2 * 3 ~ 6'],
    ['_it_ snake_case __init__', '\\_it\\_ snake_case \\_\\_init\\_\\_'],
    ['`code`', '\\`code\\`'],
    ['[a](b) ![i](j) [noise]', '\\[a](b) !\\[i](j) \\[noise]'],
    ['<b> </b> <!-- a < b <3', '\\<b> \\</b> \\<!-- a < b <3'],
    ['&lt; &#60; AT&T', '\\&lt; \\&#60; AT&T'],
    ['a | b', 'a \\| b'],
    ['~~gone~~', '\\~\\~gone\\~\\~'],
    ['\\* c:\\dir end\\', '\\\\\\* c:\\dir end\\\\'],
  ])('in a line, %s', (text, expected) => {
    expect(escapeMarkdown(text)).toBe(expected);
  });

  test.each([
    ['# title', '\\# title'],
    ['#1042 is open', '#1042 is open'],
    ['> quoted', '\\> quoted'],
    ['- item', '\\- item'],
    ['+ item', '\\+ item'],
    ['* item', '\\* item'],
    ['* * *', '\\* * *'],
    ['---', '\\---'],
    ['===', '\\==='],
    ['-5 degrees', '-5 degrees'],
    ['1. one', '1\\. one'],
    ['2) two', '2\\) two'],
    ['1.5 litres', '1.5 litres'],
    [':--', '\\:--'],
    ['    code', 'code'],
    ['~~~', '\\~\\~\\~'],
  ])('at the start of a line, %s', (text, expected) => {
    expect(escapeMarkdownLine(text)).toBe(expected);
  });

  test('keeps the signs at the end of a heading', () => {
    expect(escapeMarkdownHeading('C ##')).toBe('C \\##');
  });
});
