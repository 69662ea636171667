import { describe, expect, test } from 'vitest';
import { splitFault } from '../../../components/options/split-fault.ts';
import { parseQuery } from '../../../utils/transcript/query/parse-query.ts';

describe('the place where a query is wrong', () => {
  test.each([
    ['refund AND ', 'refund |AND| '],
    ['OR refund', '|OR| refund'],
    ['refund "cancel my', 'refund |"cancel my|'],
    ['(refund OR scam', '|(|refund OR scam'],
    ['a ) b', 'a |)| b'],
    ['😀 refund', '|😀| refund'],
    ['-approved', '|-approved|'],
  ])('%s', (query, marked) => {
    const parsed = parseQuery(query);
    if (parsed.ok) throw new Error('it is right');
    const split = splitFault(query, parsed);
    expect(`${split?.before}|${split?.wrong}|${split?.after}`).toBe(marked);
  });

  test.each([
    ['', { at: 0, length: 0 }],
    ['   ', { at: 0, length: 3 }],
  ])('is nowhere in %j', (query, span) => {
    expect(splitFault(query, span)).toBeUndefined();
  });

  test('far into a long query only what is near it is shown, and no character is cut in two', () => {
    const split = splitFault(`${'😀'.repeat(100)}OR${'😀'.repeat(100)}`, { at: 200, length: 2 });
    expect(split).toEqual({ before: `…${'😀'.repeat(32)}`, wrong: 'OR', after: `${'😀'.repeat(32)}…` });
  });

  test('that is itself long is cut at its end', () => {
    expect(splitFault(`"${'a'.repeat(200)}`, { at: 0, length: 201 })).toEqual({
      before: '',
      wrong: `"${'a'.repeat(79)}…`,
      after: '',
    });
  });
});
