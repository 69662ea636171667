import { describe, expect, test } from 'vitest';
import { noFacts, readFacts } from '../../../relay/stream/event-facts.ts';
import { compileRules, createRuleIndex } from '../../../relay/stream/rule-index.ts';
import { type CallRule, fieldOf, keyOfCalls } from '../../../relay/stream/rules.ts';

/** Whether the rule is satisfied by what an event says of `call`. */
function fits(rule: CallRule, event: unknown, call: string | undefined = 'c1'): boolean {
  const field = fieldOf(rule);
  const facts = readFacts(event, new Map(field === undefined ? [] : [[field.key, field.steps]]));
  const part = facts.parts.find((one) => one.call === call);
  return part !== undefined && compileRules([rule])(part.values);
}

describe('a field', () => {
  const event = {
    'Call-ID': 'c1',
    Dest_Number: 2001,
    live: true,
    call: { 'To ': '2001', legs: [{ ext: '7' }, { ext: '8' }] },
    inner: '{"to":"2001"}',
  };
  test.each<[string, string, string, boolean]>([
    ['as the event writes it', 'Dest_Number', '2001', true],
    ['in another spelling', 'dest number', '2001', true],
    ['in an object', 'call.to', '2001', true],
    ['in every item of a list', 'call.legs.ext', '8', true],
    ['in JSON in a string', 'inner.to', '2001', true],
    ['that is a boolean', 'live', 'true', true],
    ['of another name', 'dest', '2001', false],
    ['that is an object', 'call', '2001', false],
    ['too deep', 'call.to.more', '2001', false],
    ['without a name that could be compared', '客户', '2001', false],
  ])('%s', (_name, field, value, expected) => expect(fits({ field, in: [value] }, event)).toBe(expected));

  test.each([
    ['in an object', { data: { callid: 'c1', dest: '1' } }],
    ['in a list', [{ callid: 'c1', dest: '1' }]],
    ['as JSON in a string', JSON.stringify({ callid: 'c1', dest: '1' })],
    ['beside the wrapper', { dest: '1', message: { callid: 'c1', text: 'x' } }],
  ])('of an event wrapped %s, with the wrapper’s name or without', (_name, event) => {
    expect([
      fits({ field: 'dest', in: ['1'] }, event),
      fits({ field: 'data.dest', in: ['1'] }, event),
    ]).toEqual([true, true]);
  });

  test('a name of which nothing is left is none: it does not match another such name', () => {
    expect(fits({ field: '号码', match: '*' }, { callid: 'c1', 客户: 'x' })).toBe(false);
  });
});

describe('a pattern', () => {
  test.each<[string, string, boolean]>([
    ['acme*', 'Acme Ltd', true],
    ['acme*', 'The Acme', false],
    ['*ltd', 'Acme Ltd', true],
    ['a*m*d', 'Acme Ltd', true],
    ['a*m*m*d', 'Acme Ltd', false],
    ['acme', 'ACME', true],
    ['acme', 'acmes', false],
    ['*', '', false],
    ['*', 'x', true],
    ['ab*ba', 'aba', false],
    ['a.me', 'acme', false],
    ['**', 'x', true],
  ])('%s, %s: %s', (match, customer, expected) => {
    expect(fits({ field: 'customer', match }, { callid: 'c1', customer })).toBe(expected);
  });
});

describe('what an event is known to say', () => {
  test('each call has its own values', () => {
    const event = { data: [{ callid: 'a', dest: '1' }, { callid: 'b', dest: '2' }, { text: 'of nobody' }] };
    const { parts, line } = readFacts(event, new Map([['dest', ['dest']]]));
    expect(parts.map(({ call, values }) => [call, values.get('dest')])).toEqual([
      ['a', ['1']],
      ['b', ['2']],
      [undefined, undefined],
    ]);
    expect(line).toBeUndefined();
  });

  test('a field map says where the call is named', () => {
    const map = { paths: { callId: ['x', 'id'], text: ['x', 'said'] }, legValues: {}, finalValues: {} };
    const { parts, line } = readFacts(
      { x: { id: 'c9', said: 'hello' }, dest: '1' },
      new Map([['dest', ['dest']]]),
      map,
    );
    expect([parts[0]?.call, parts[0]?.values.get('dest'), line?.call]).toEqual(['c9', ['1'], 'c9']);
  });

  test.each<[string, unknown]>([
    ['an empty list', []],
    ['a list of very many', Array.from({ length: 2_000 }, () => ({ callid: 'c1' }))],
    ['very many calls', { data: Array.from({ length: 200 }, (_, callid) => ({ callid })) }],
  ])('nothing, of %s', (_name, event) => expect(readFacts(event, new Map())).toBe(noFacts));

  test.each(['words', '', '{"broken', 7, null, true, { deep: [[[[[[[[1]]]]]]]] }])(
    'no call, of %j',
    (event) => {
      expect(readFacts(event, new Map()).parts.every(({ call }) => call === undefined)).toBe(true);
    },
  );
});

describe('rules', () => {
  test('are the same in any order, and others are not', () => {
    const one: CallRule[] = [
      { field: 'a', in: ['1', '2'] },
      { field: 'b', match: 'x' },
    ];
    const same: CallRule[] = [
      { field: 'b', match: 'x' },
      { field: 'a', in: ['2', '1', '2'] },
    ];
    expect(keyOfCalls(one)).toBe(keyOfCalls(same));
    expect(keyOfCalls([{ field: 'a', in: ['1'] }])).not.toBe(keyOfCalls([{ field: 'a', match: '1' }]));
  });

  test('of which any is satisfied are found by value, and no more once they are gone', () => {
    const index = createRuleIndex<string>();
    const rules: CallRule[] = [
      { field: 'dest', in: ['1', '2'] },
      { field: 'customer', match: 'acme*' },
    ];
    index.add('A', rules);
    index.add('B', [{ field: 'dest', in: ['2'] }]);
    const values = new Map([
      ['dest', ['2']],
      ['customer', ['Acme']],
    ]);
    expect([...index.find(values)].sort()).toEqual(['A', 'B']);
    index.remove('A', rules);
    expect([...index.find(values)]).toEqual(['B']);
  });
});
