/** Whatever is said, and whatever the agent looks for in it, reading takes time in proportion: nobody can hold it up. */
import { describe, expect, test } from 'vitest';
import { decodePreferences } from '../../../utils/settings/preferences.ts';
import { findText } from '../../../utils/transcript/find-text.ts';
import { foldText } from '../../../utils/transcript/fold-text.ts';
import { cleanLine } from '../../../utils/transcript/formats/clean-text.ts';
import { escapeMarkdownLine } from '../../../utils/transcript/formats/escape-markdown.ts';
import { parseEvents } from '../../../utils/transcript/parse-event.ts';
import { matchQuery } from '../../../utils/transcript/query/match-query.ts';
import { parseQuery } from '../../../utils/transcript/query/parse-query.ts';
import { createRedactor } from '../../../utils/transcript/redaction/redactor.ts';

const SHORT = 2_000;
const LONG = 16_000;

/** A text eight times as long may take twenty times as long, and some more for the machine; a square takes 64. */
function expectInProportion(read: (length: number) => void): void {
  const timeOf = (length: number) => {
    const startMs = performance.now();
    read(length);
    return performance.now() - startMs;
  };
  timeOf(SHORT);
  const shortMs = Math.min(timeOf(SHORT), timeOf(SHORT), timeOf(SHORT));
  const longMs = Math.min(timeOf(LONG), timeOf(LONG), timeOf(LONG));
  expect(longMs).toBeLessThan(shortMs * 20 + 100);
}

function textOf(unit: string, length: number): string {
  return unit.repeat(Math.ceil(length / unit.length)).slice(0, length);
}

const off = { cards: false, nationalIds: false, emails: false, phones: false };
const units = ['a', 'a ', '1', '1 ', 'aa ', '1a', '-', '- ', 'é\u0301', '\u0301'];

describe('an agent’s own pattern', () => {
  const patterns = [
    'a'.repeat(100),
    'a '.repeat(50),
    '@ '.repeat(50),
    '# '.repeat(50),
    '@#'.repeat(50),
    `${'@'.repeat(99)}!`,
    '(a+)+$',
    '(a|aa)*b',
    '.*.*.*x',
    '[[[[\\d\\',
    '-'.repeat(100),
  ];

  test.each(patterns)('%j, over any text', (pattern) => {
    const { redact } = createRedactor({ ...off, patterns: [{ name: 'own', pattern }] });
    expectInProportion((length) => {
      for (const unit of units) redact(textOf(unit, length));
    });
  });

  test('means what it says, never what a regular expression would', () => {
    const { redact } = createRedactor({ ...off, patterns: [{ name: 'own', pattern: '.*' }] });
    expect(redact('all of it, and .* too')).toBe('all of it, and [own] too');
  });
});

describe('a keyword', () => {
  const queries = [
    'a*',
    '"a a a a a a a a a a a a a a a a b"',
    `"${'a '.repeat(240)}"`,
    'a OR a OR a OR a OR a OR b*',
    'NOT NOT a AND NOT b',
    '(a|aa)*',
    '.*',
  ];

  test.each(queries)('%s, over any text', (typed) => {
    const parsed = parseQuery(typed);
    if (!parsed.ok) return expect(parsed.problem).not.toBe(undefined);
    expectInProportion((length) => {
      for (const unit of units) matchQuery(parsed.query, foldText(textOf(unit, length)));
    });
  });

  test('of more than 500 characters, and more than fifty of them, are not taken', () => {
    const profile = (query: string) => ({ id: 'p', name: 'p', query, colour: 'red' });
    const many = Array.from({ length: 500 }, () => profile('a'));
    expect(decodePreferences({ profiles: [profile('a'.repeat(501)), ...many] }).profiles).toHaveLength(50);
  });
});

describe('what is done with every line', () => {
  const deeds: [string, (text: string) => void][] = [
    ['reading it', (text) => parseEvents(`{"callid":"a","text":${JSON.stringify(text)}}`)],
    ['reading it as it came', (text) => parseEvents(text)],
    ['searching it', (text) => findText(foldText(text), foldText('aaaaaaaab'))],
    ['cleaning it', cleanLine],
    ['escaping it', escapeMarkdownLine],
  ];
  const marks = [
    ...units,
    '\n',
    ' \n',
    '\u202e',
    '\u2066',
    '\u2069',
    '[',
    '`',
    '*',
    '\\',
    '{"',
    '"',
    '&a',
    '<',
    '#',
  ];

  test.each(deeds)('%s', (_name, deed) => {
    expectInProportion((length) => {
      for (const mark of marks) deed(textOf(mark, length));
    });
  });
});
