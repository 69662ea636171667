import { describe, expect, test } from 'vitest';
import { type Change, compareTexts, showsEnd } from '../../../utils/editor/compare-text.ts';

const NONE = '';
function judge(change: Partial<Change>) {
  return compareTexts({ before: NONE, after: NONE, selected: NONE, text: NONE, ...change });
}

describe('a text has arrived', () => {
  test.each<[string, Partial<Change>]>([
    ['in an empty editor', { after: 'hello', text: 'hello' }],
    ['between what stood there', { before: 'one two', after: 'one hello two', text: 'hello ' }],
    ['within a word', { before: 'onetwo', after: 'onehellotwo', text: 'hello' }],
    ['for what was selected', { before: 'one two', after: 'one hello', selected: 'two', text: 'hello' }],
    ['for the same words', { before: 'one two', after: 'one two', selected: 'two', text: 'two' }],
    ['a second time', { before: 'hello', after: 'hellohello', text: 'hello' }],
    ['beside its own letters', { before: 'aa', after: 'aaaa', text: 'aa' }],
    ['with other gaps', { after: '\n\na\u00a0 b\n\n\nc\n', text: 'a b\nc' }],
    ['with a filler of the editor', { before: '\ufeff', after: '\u200ba\u2060b', text: 'ab' }],
    ['with line ends as spaces turned to lines', { after: 'a\nb', text: 'a b' }],
  ])('%s', (_, change) => {
    expect(judge(change)).toBe('inserted');
  });
});

describe('the editor is as it was', () => {
  test.each<[string, Partial<Change>]>([
    ['empty', { text: 'hello' }],
    ['with the same text from before', { before: 'hello', after: 'hello', text: 'hello' }],
    ['with another gap', { before: 'one two', after: 'one  two\n', text: 'hello' }],
  ])('%s', (_, change) => {
    expect(judge(change)).toBe('unchanged');
  });
});

describe('something else has happened', () => {
  test.each<[string, Partial<Change>]>([
    ['the end is missing', { after: 'one', text: 'one two' }],
    ['the lines are joined', { after: 'onetwo', text: 'one\ntwo' }],
    ['the lines are words of one line', { after: 'one two', text: 'one\ntwo' }],
    ['the words are joined', { after: 'onetwo', text: 'one two' }],
    ['the lines are in another order', { after: 'two\none', text: 'one\ntwo' }],
    ['what stood before is gone', { before: 'keep', after: 'hello', text: 'hello' }],
    ['what was not selected is gone', { before: 'a b c', after: 'a x', selected: 'c', text: 'x' }],
    ['the selection alone is gone', { before: 'one two', after: 'one', selected: 'two', text: 'hello' }],
  ])('%s', (_, change) => {
    expect(judge(change)).toBe('partly');
  });
});

test('a long text is compared whole', () => {
  const text = Array.from({ length: 2_000 }, (_, line) => `line ${line} of a long call, a and b`).join('\n');
  expect(judge({ before: 'ab', after: `a${text}b`, text })).toBe('inserted');
  expect(judge({ before: 'ab', after: `a${text.replace('line 1000 ', 'line 1001 ')}b`, text })).toBe(
    'partly',
  );
});

test('of an editor that shows a part, the end tells', () => {
  const change = {
    before: 'one',
    after: 'line 39\nline 40',
    selected: NONE,
    text: 'line 1\nline 39\nline 40',
  };
  expect(showsEnd(change, 8)).toBe(true);
  expect(showsEnd({ ...change, after: 'line 1' }, 8)).toBe(false);
  expect(showsEnd({ ...change, before: change.after }, 8)).toBe(false);
});
