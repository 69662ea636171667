import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { foldText } from '../../../utils/transcript/fold-text.ts';
import { matchQuery, mergeRanges } from '../../../utils/transcript/query/match-query.ts';
import { parseQuery } from '../../../utils/transcript/query/parse-query.ts';
import type { Query, TextRange } from '../../../utils/transcript/query/query.ts';
import { anyLine, anyQuery, printQuery } from './query-text.ts';

/** The pieces of the line that a query is shown to match, or undefined where it does not. */
function matched(query: string, line: string): string[] | undefined {
  const parsed = parseQuery(query);
  if (!parsed.ok) throw new Error(parsed.problem);
  return matchQuery(parsed.query, foldText(line))?.map(({ from, to }) => line.slice(from, to));
}

describe('a line matches', () => {
  test.each<[string, string, string[]]>([
    ['refund', 'A refund, please: REFUND!', ['refund', 'REFUND']],
    ['refund AND cancel', 'cancel it and refund me', ['cancel', 'refund']],
    ['fraud OR scam', 'this is a scam', ['scam']],
    ['refund NOT approved', 'the refund was declined', ['refund']],
    ['refund -"not approved"', 'approved the refund', ['refund']],
    ['(a AND b) OR c', 'c and a', ['c']],
    ['NOT (a OR NOT b)', 'b alone', ['b']],
    ['a NOT NOT b', 'a b', ['a', 'b']],
    ['"cancel my account"', 'Cancel… my—account!', ['Cancel… my—account']],
    ['"my my"', 'my my my my my', ['my my', 'my my']],
    ['cancel my "cancel my account"', 'cancel my account', ['cancel my account']],
    ['e-mail', 'an e-mail, an e mail', ['e-mail', 'e mail']],
    ['mail', 'an e-mail', ['mail']],
    ["don't", 'I don’t and donʼt', ['don’t', 'donʼt']],
    ['don’t', "I don't", ["don't"]],
    ['cancel*', 'cancel cancelled cancellation', ['cancel', 'cancelled', 'cancellation']],
    ['e-m*', 'my e-mail address', ['e-mail']],
    ['cafe', 'the Café and the cafe\u0301 there', ['Café', 'cafe\u0301']],
    ['ÉTÉ', 'en été', ['été']],
    ['strasse', 'die Straße', ['Straße']],
    ['STRAẞE', 'die Strasse', ['Strasse']],
    ['istanbul', 'İSTANBUL', ['İSTANBUL']],
    ['ισχύς', 'ΙΣΧΥΣ', ['ΙΣΧΥΣ']],
    ['все', 'Всё хорошо', ['Всё']],
    ['fish', 'a big ﬁsh', ['ﬁsh']],
    ['visa', 'Ｖｉｓａ card', ['Ｖｉｓａ']],
    ['كتاب', 'هذا كِتَاب جديد', ['كِتَاب']],
    ['كتاب', 'هذا كتـــاب', ['كتـــاب']],
    ['אלהים', 'אמר אֱלֹהִים', ['אֱלֹהִים']],
    ['میخواهم', 'من می\u200cخواهم', ['می\u200cخواهم']],
    ['किताब', 'यह किताब है', ['किताब']],
    ['退款', '我要申请退款了', ['退款']],
    ['"申请 退款"', '我要申请退款了', ['申请退款']],
    ['退款 OR iphone', '我的iPhone手机', ['iPhone']],
    ['iPhone手机', '我的iPhone 手机坏了', ['iPhone 手机']],
    ['3月', '在 3月 13月', ['3月']],
    ['คืนเงิน', 'ฉันต้องการคืนเงินครับ', ['คืนเงิน']],
    ['キャンセル', 'ｷｬﾝｾﾙします', ['ｷｬﾝｾﾙ']],
    ['환불', '환불 해 주세요', ['환불']],
    ['acme', 'Acme™ and 😀acme😀', ['Acme', 'acme']],
    ['42', 'it is 42%', ['42']],
  ])('%s: %s', (query, line, pieces) => {
    expect(matched(query, line)).toEqual(pieces);
  });

  test.each([
    ['refund', 'refunds prerefund refund2'],
    ['refund AND cancel', 'refund'],
    ['fraud OR scam', 'frauds'],
    ['refund NOT approved', 'refund approved'],
    ['refund -"not approved"', 'refund not, approved'],
    ['"cancel my account"', 'cancel my old account'],
    ['"cancel my account"', 'cancel my accounts'],
    ['"cancel my account"', 'my account cancel'],
    ['e-mail', 'email'],
    ['cancel*', 'precancelled'],
    ['a', ''],
    ['a', '!?'],
    ['cafe', 'cafes'],
    ['कि', 'का की कि\u0902'],
    ['か', 'が'],
    ['月', '日'],
    ['3月', '13月'],
    ['ก', 'กิ'],
    ['가', '각'],
    ['x', 'x\u0915'],
  ])('or does not: %s: %s', (query, line) => {
    expect(matched(query, line)).toBeUndefined();
  });
});

test('ranges that overlap or touch are one', () => {
  const range = (from: number, to: number): TextRange => ({ from, to });
  expect(mergeRanges([range(5, 9), range(0, 2), range(2, 3), range(6, 7), range(11, 12)])).toEqual([
    range(0, 3),
    range(5, 9),
    range(11, 12),
  ]);
});

describe('for any query and line', () => {
  const words = ['a', 'ab', 'abc', 'b', 'x1'];

  test('the answer is that of a reader who looks at each word in turn', () => {
    fc.assert(
      fc.property(anyQuery(words), anyLine([...words, 'ba', 'A', 'AbC']), (query, line) => {
        const said = line.toLowerCase().match(/[a-z0-9]+/g) ?? [];
        expect(matchQuery(query, foldText(line)) !== undefined).toBe(holds(query, said));
      }),
      { numRuns: 2_000 },
    );
  });

  test('what is shown lies in the line, sorted, disjoint and on whole characters, and is never nothing', () => {
    const text = fc.oneof(
      anyLine([...words, 'ﬁ', 'é', 'e\u0301', '退款', 'กิน', '😀', '\ud83d', 'İ']),
      fc.string({ unit: 'binary' }),
    );
    const query = fc.oneof(
      anyQuery([...words, 'f', 'fi']).map(printQuery),
      fc.constantFrom('é*', '退 | 款 | ก | i* | กิน', 'e* | f* | fi'),
    );
    fc.assert(
      fc.property(query, text, (typed, line) => {
        const parsed = parseQuery(typed);
        if (!parsed.ok) return;
        const ranges = matchQuery(parsed.query, foldText(line));
        if (ranges === undefined) return;
        expect(ranges.length).toBeGreaterThan(0);
        let last = -1;
        for (const { from, to } of ranges) {
          expect(from).toBeGreaterThan(last);
          expect(to).toBeGreaterThan(from);
          expect(to).toBeLessThanOrEqual(line.length);
          if (line.isWellFormed()) expect(line.slice(from, to).isWellFormed()).toBe(true);
          last = to;
        }
      }),
      { numRuns: 1_000 },
    );
  });
});

function holds(query: Query, said: readonly string[]): boolean {
  switch (query.kind) {
    case 'not':
      return !holds(query.query, said);
    case 'and':
      return query.queries.every((part) => holds(part, said));
    case 'or':
      return query.queries.some((part) => holds(part, said));
    case 'word':
    case 'phrase': {
      const last = query.words.length - 1;
      const prefix = query.kind === 'word' && query.prefix;
      return said.some((_, start) =>
        query.words.every((word, at) => {
          const there = said[start + at];
          return prefix && at === last ? there?.startsWith(word) === true : there === word;
        }),
      );
    }
  }
}
