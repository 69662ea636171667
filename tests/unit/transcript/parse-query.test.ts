import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseQuery } from '../../../utils/transcript/query/parse-query.ts';
import type { Query } from '../../../utils/transcript/query/query.ts';
import { anyQuery, printQuery } from './query-text.ts';

const word = (text: string, prefix = false): Query => ({ kind: 'word', words: text.split(' '), prefix });
const phrase = (text: string): Query => ({ kind: 'phrase', words: text.split(' ') });
const and = (...queries: Query[]): Query => ({ kind: 'and', queries });
const or = (...queries: Query[]): Query => ({ kind: 'or', queries });
const not = (query: Query): Query => ({ kind: 'not', query });

const [a, b, c] = [word('a'), word('b'), word('c')];

describe('a query is understood', () => {
  test.each<[string, Query]>([
    ['a', a],
    ['a AND b', and(a, b)],
    ['a and b', and(a, b)],
    ['a & b', and(a, b)],
    ['a&b', and(a, b)],
    ['a && b', and(a, b)],
    ['a b', and(a, b)],
    ['a b AND c', and(a, b, c)],
    ['a OR b', or(a, b)],
    ['a or b Or c', or(a, b, c)],
    ['a|b', or(a, b)],
    ['a || b', or(a, b)],
    ['a OR b c', or(a, and(b, c))],
    ['a b OR c', or(and(a, b), c)],
    ['(a OR b) c', and(or(a, b), c)],
    ['(a b) c', and(and(a, b), c)],
    ['a NOT b', and(a, not(b))],
    ['a AND NOT b', and(a, not(b))],
    ['a not b c', and(a, not(b), c)],
    ['NOT a b', and(not(a), b)],
    ['a -b', and(a, not(b))],
    ['a –b', and(a, not(b))],
    ['a −b', and(a, not(b))],
    ['a -"b c"', and(a, not(phrase('b c')))],
    ['a -(b c)', and(a, not(and(b, c)))],
    ['(a)-b', and(a, not(b))],
    ['a NOT -b', and(a, not(not(b)))],
    ['--a', not(not(a))],
    ['a -and', and(a, not(word('and')))],
    ['a -not', and(a, not(word('not')))],
    ['"a"', phrase('a')],
    ['"AND"', phrase('and')],
    ['a "or" b', and(a, phrase('or'), b)],
    ['"cancel my account"', phrase('cancel my account')],
    ['"cancel,  my (account) & so-on!"', phrase('cancel my account so on')],
    ['“a b”', phrase('a b')],
    ['„a b“', phrase('a b')],
    ['«a b»', phrase('a b')],
    ['»a b«', phrase('a b')],
    ['a"b c"', and(a, phrase('b c'))],
    ['e-mail', word('e mail')],
    ['re-fund-', word('re fund')],
    ["don't", word('don t')],
    ['cancel*', word('cancel', true)],
    ['cancel**', word('cancel', true)],
    ['e-mail*', word('e mail', true)],
    ['Ärger', word('arger')],
    ['STRASSE', word('strasse')],
    ['straße', word('strasse')],
    ['退款', word('退款')],
    ['iPhone手机', word('iphone 手机')],
    ['android', word('android')],
    ['((((a))))', a],
    ['(a OR (b AND NOT (c OR a)))', or(a, and(b, not(or(c, a))))],
    ['NOT (a OR NOT b)', not(or(a, not(b)))],
    ['a OR (b NOT c)', or(a, and(b, not(c)))],
    ['(a OR NOT b) c', and(or(a, not(b)), c)],
  ])('%s', (text, query) => {
    expect(parseQuery(text)).toEqual({ ok: true, query });
  });

  test('up to 32 levels deep', () => {
    expect(parseQuery(`${'('.repeat(32)}a${')'.repeat(32)}`)).toEqual({ ok: true, query: a });
    expect(parseQuery(`${'-('.repeat(16)}a${')'.repeat(16)}`).ok).toBe(true);
  });
});

describe('a query that cannot be used says why and where', () => {
  test.each([
    ['', 'empty', ''],
    ['  ', 'empty', '  '],
    ['a "b c', 'phrase-not-closed', '"b c'],
    ['a "', 'phrase-not-closed', '"'],
    ['a ""', 'phrase-empty', '""'],
    ['a " ?! "', 'phrase-empty', '" ?! "'],
    ['a $$', 'word-empty', '$$'],
    ['a *', 'word-empty', '*'],
    ['a -\u0301', 'word-empty', '\u0301'],
    ['a b*c', 'star-misplaced', '*'],
    ['a *bc', 'star-misplaced', '*'],
    ['a "b* c"', 'star-misplaced', '*'],
    ['a (b', 'parenthesis-not-closed', '('],
    ['a (', 'parenthesis-not-closed', '('],
    ['a b)', 'parenthesis-not-opened', ')'],
    [')', 'parenthesis-not-opened', ')'],
    ['a ( )', 'parenthesis-empty', '( )'],
    ['OR a', 'operator-without-left', 'OR'],
    ['& a', 'operator-without-left', '&'],
    ['b (AND a)', 'operator-without-left', 'AND'],
    ['a AND', 'operator-without-right', 'AND'],
    ['a or', 'operator-without-right', 'or'],
    ['a && || b', 'operator-without-right', '&&'],
    ['(a OR) b', 'operator-without-right', 'OR'],
    ['a NOT', 'operator-without-right', 'NOT'],
    ['a NOT AND b', 'operator-without-right', 'NOT'],
    ['a - b', 'operator-without-right', '-'],
    ['a -', 'operator-without-right', '-'],
    ['a --- b', 'operator-without-right', '-'],
    ['NOT a', 'only-exclusions', 'NOT a'],
    ['-a', 'only-exclusions', '-a'],
    ['-a -"b c"', 'only-exclusions', '-a -"b c"'],
    ['a OR NOT b', 'only-exclusions', 'NOT b'],
    ['a OR (-b OR c)', 'only-exclusions', '-b'],
    ['NOT (a b)', 'only-exclusions', 'NOT (a b)'],
    ['(NOT a)', 'only-exclusions', 'NOT a'],
  ])('%s: %s at %j', (text, problem, place) => {
    const parsed = parseQuery(text);
    expect(parsed).toMatchObject({ ok: false, problem });
    expect(parsed.ok ? undefined : text.slice(parsed.at, parsed.at + parsed.length)).toBe(place);
  });
});

test.each(['(', '-', '-(', 'a OR (', 'NOT '])('%s repeated is too deep rather than fatal', (piece) => {
  expect(parseQuery(`${piece.repeat(33)}a`)).toMatchObject({ problem: 'too-deep' });
  expect(parseQuery(`${piece.repeat(50_000)}a`)).toMatchObject({ problem: 'too-deep' });
});

describe('whatever is typed', () => {
  const pieces = fc.constantFrom(
    ...[
      'a',
      'b',
      'AND',
      'or',
      'not',
      '&',
      '|',
      '-',
      '–',
      '(',
      ')',
      '"',
      '”',
      '*',
      ' ',
      '\u0301',
      '退',
      '\ud83d',
    ],
  );
  const typed = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: 'grapheme' }),
    fc.string({ unit: pieces, maxLength: 30 }),
  );

  test('it is read or refused with a place within it', () => {
    fc.assert(
      fc.property(typed, (text) => {
        const parsed = parseQuery(text);
        if (parsed.ok) return;
        expect(parsed.at).toBeGreaterThanOrEqual(0);
        expect(parsed.length).toBeGreaterThanOrEqual(text === '' ? 0 : 1);
        expect(parsed.at + parsed.length).toBeLessThanOrEqual(text.length);
      }),
      { numRuns: 2_000 },
    );
  });

  test('a query that is written out is read back as it was', () => {
    fc.assert(
      fc.property(anyQuery(['refund', 'e', 'x2', 'возврат']), (query) => {
        const parsed = parseQuery(printQuery(query));
        if (parsed.ok) expect(parsed.query).toEqual(query);
        else expect(parsed.problem).toBe('only-exclusions');
      }),
      { numRuns: 1_000 },
    );
  });
});
