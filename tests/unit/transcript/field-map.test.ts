/** Reading by a field map: what it names is taken where it says, everything else as without one. */
import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { UNIDENTIFIED_CALL } from '../../../utils/transcript/event.ts';
import { type FieldMap, fieldMap, mappableFields } from '../../../utils/transcript/field-map.ts';
import { parseEvents } from '../../../utils/transcript/parse-event.ts';

function mapOf(paths: FieldMap['paths'], meanings: Partial<FieldMap> = {}): FieldMap {
  return { paths, legValues: {}, finalValues: {}, ...meanings };
}

/** Renamed, nested three deep, the text in a list, the side and the state as words. */
const foreign = {
  envelope: {
    session: { ref: 'c-77' },
    utterance: {
      who: 'agent',
      tokens: [{ w: 'i' }, { w: 'lost' }, { w: 'my card' }],
      status: 'settled',
      n: 5,
    },
  },
};
const foreignMap = mapOf(
  {
    callId: ['envelope', 'session', 'ref'],
    text: ['envelope', 'utterance', 'tokens', '*', 'w'],
    leg: ['envelope', 'utterance', 'who'],
    final: ['envelope', 'utterance', 'status'],
    utteranceId: ['envelope', 'utterance', 'n'],
  },
  { legValues: { agent: 'callee', client: 'caller' }, finalValues: { settled: true, growing: false } },
);
const said = {
  kind: 'line',
  callId: 'c-77',
  leg: 'callee',
  text: 'i lost my card',
  final: true,
  utteranceId: '5',
};

describe('an event of a form nobody knows', () => {
  test('is not read without a map', () => {
    expect(parseEvents(foreign)).toEqual([{ kind: 'unread', reason: 'no-text' }]);
  });

  test.each<[string, unknown]>([
    ['an object', foreign],
    ['JSON', JSON.stringify(foreign)],
    ['JSON in a JSON string', JSON.stringify(JSON.stringify(foreign))],
    ['bytes', new TextEncoder().encode(JSON.stringify(foreign))],
    ['a list of one', [foreign]],
    ['a list of JSON strings', [JSON.stringify(foreign)]],
    ['JSON in a string on the way', { envelope: JSON.stringify(foreign.envelope) }],
    [
      'JSON in strings at every step',
      {
        envelope: JSON.stringify({
          session: JSON.stringify(foreign.envelope.session),
          utterance: JSON.stringify({
            ...foreign.envelope.utterance,
            tokens: JSON.stringify(foreign.envelope.utterance.tokens),
          }),
        }),
      },
    ],
  ])('is read by its map from %s', (_name, raw) => {
    expect(parseEvents(raw, foreignMap)).toEqual([expect.objectContaining(said)]);
  });

  test('many in one frame are as many lines, in order', () => {
    const other = { ...foreign, envelope: { ...foreign.envelope, session: { ref: 'c-78' } } };
    expect(parseEvents([foreign, other, foreign], foreignMap)).toMatchObject([
      { callId: 'c-77' },
      { callId: 'c-78' },
      { callId: 'c-77' },
    ]);
  });

  test('more of them than a frame may hold are told of once', () => {
    const events = parseEvents(
      Array.from({ length: 20_000 }, () => foreign),
      foreignMap,
    );
    expect(events).toHaveLength(10_000);
    expect(events.at(-1)).toEqual({ kind: 'unread', reason: 'too-many-events' });
  });
});

describe('a path', () => {
  const textAt = (event: unknown, ...path: (string | number)[]) => {
    const [read] = parseEvents({ id: 'c1', ...(event as object) }, mapOf({ callId: ['id'], text: path }));
    return read?.kind === 'line' ? read.text : read?.kind;
  };
  test.each<[string, unknown, (string | number)[], string]>([
    ['an item of a list', { a: ['x', 'y'] }, ['a', 1], 'y'],
    ['every item', { a: ['x', 'y'] }, ['a', '*'], 'x y'],
    ['every item of every item', { a: [['x', 'y'], ['z']] }, ['a', '*', '*'], 'x y z'],
    ['an item that lacks it', { a: [{ w: 'x' }, {}, { w: ' ' }, { w: 'z' }] }, ['a', '*', 'w'], 'x z'],
    ['numbers among words', { a: ['x', 4] }, ['a', '*'], 'x 4'],
    ['things that are no words', { a: [{}, null, true] }, ['a', '*'], 'call'],
    ['an empty list', { a: [] }, ['a', '*'], 'call'],
    ['past the end of a list', { a: ['x'] }, ['a', 1], 'call'],
    ['a key that is a star', { a: { '*': 'x' } }, ['a', '*'], 'x'],
    ['into a text', { a: 'x' }, ['a', 'b'], 'call'],
    ['into nothing', { a: null }, ['a', 'b'], 'call'],
    ['a name of every object', { a: {} }, ['a', 'constructor', 'name'], 'call'],
    ['the prototype', { a: {} }, ['a', '__proto__'], 'call'],
    ['the prototype’s own name as a key', JSON.parse('{"a":{"__proto__":"x"}}'), ['a', '__proto__'], 'x'],
    ['the length of a list', { a: ['x'] }, ['a', 'length'], 'call'],
    ['JSON that is the text itself', { a: '["x"]' }, ['a'], '["x"]'],
  ])('%s', (_name, event, path, expected) => expect(textAt(event, ...path)).toBe(expected));

  test('to something that is no text says so', () => {
    expect(parseEvents({ a: { b: 1 } }, mapOf({ text: ['a'] }))).toEqual([
      { kind: 'unread', reason: 'text-not-readable' },
    ]);
    expect(parseEvents({ a: {}, text: 'x' }, mapOf({ callId: ['a'] }))).toEqual([
      { kind: 'unread', reason: 'call-id-not-readable' },
    ]);
  });
});

describe('what the map does not name', () => {
  test('is found as without a map, in the same wrappers', () => {
    const raw = { data: { callid: 'c1', leg: 0, words: 'hello', final: false, cli: '+15125550142' } };
    expect(parseEvents(raw, mapOf({ text: ['data', 'words'] }))).toMatchObject([
      { callId: 'c1', leg: 'caller', text: 'hello', final: false, parties: { caller: '+15125550142' } },
    ]);
  });

  test('is found in each of the events that a wrapper holds', () => {
    const raw = {
      meta: { cid: 'c9' },
      data: [
        { leg: 0, text: 'one' },
        { leg: 1, text: 'two' },
      ],
    };
    expect(parseEvents(raw, mapOf({ callId: ['meta', 'cid'] }))).toMatchObject([
      { callId: 'c9', leg: 'caller', text: 'one' },
      { callId: 'c9', leg: 'callee', text: 'two' },
    ]);
  });

  test('stays unread where it cannot be taken apart', () => {
    expect(parseEvents({ cid: 'c9', data: '{"te' }, mapOf({ callId: ['cid'] }))).toEqual([
      { kind: 'unread', reason: 'broken-json' },
    ]);
  });

  test('is the end of a call, too', () => {
    expect(
      parseEvents({ cid: 'c9', event: 'hangup' }, mapOf({ callId: ['cid'], text: ['w'] })),
    ).toMatchObject([{ kind: 'call', callId: 'c9', phase: 'ended' }]);
  });
});

describe('what the map names', () => {
  test('is looked for under no other name', () => {
    const raw = { callid: 'old', ref: 'new', text: 'no', words: 'yes', result: 'ok' };
    expect(parseEvents(raw, mapOf({ callId: ['ref'], text: ['words'] }))).toMatchObject([
      { callId: 'new', text: 'yes' },
    ]);
    expect(
      parseEvents({ ref: 'new', result: 'ok' }, mapOf({ callId: ['ref'], text: ['words'] })),
    ).toMatchObject([{ kind: 'call', callId: 'new' }]);
  });

  test('and that stands nowhere in an event leaves it to be read as without a map', () => {
    const raws: unknown[] = [
      'hello',
      'ping',
      { callid: 'c1', leg: 1, text: 'x' },
      [],
      [{ type: 'ping' }],
      '{"te',
    ];
    for (const raw of raws) expect(parseEvents(raw, foreignMap)).toEqual(parseEvents(raw));
  });
});

describe('meanings', () => {
  test.each<[unknown, string]>([
    ['agent', 'callee'],
    [' agent ', 'callee'],
    [7, 'caller'],
    ['constructor', 'unknown'],
    ['caller', 'caller'],
    ['somebody', 'unknown'],
  ])('side %j is the %s', (who, leg) => {
    const map = mapOf({ leg: ['who'] }, { legValues: { agent: 'callee', 7: 'caller' } });
    expect(parseEvents({ callid: 'c1', who, text: 'x' }, map)).toMatchObject([{ leg }]);
  });

  test('hold for a side that stands where it is known to stand', () => {
    const map = mapOf({}, { legValues: { agent: 'callee' } });
    expect(parseEvents({ callid: 'c1', side: 'agent', text: 'x' }, map)).toMatchObject([{ leg: 'callee' }]);
  });

  test.each<[unknown, boolean]>([
    ['growing', false],
    ['settled', true],
    [3, false],
    ['no', false],
    ['perhaps', true],
    [{}, true],
  ])('%j is final %j', (state, final) => {
    const map = mapOf({ final: ['state'] }, { finalValues: { growing: false, settled: true, 3: false } });
    expect(parseEvents({ callid: 'c1', state, text: 'x' }, map)).toMatchObject([{ final }]);
  });

  test('a speaker’s name stays where the side is not known', () => {
    expect(
      parseEvents({ by: 'Mary', words: 'x' }, mapOf({ speaker: ['by'], text: ['words'] })),
    ).toMatchObject([{ callId: UNIDENTIFIED_CALL, leg: 'unknown', speaker: 'Mary', text: 'x' }]);
  });
});

const step = fc.oneof(
  fc.constantFrom('a', 'b', '*', '__proto__', 'constructor', 'length', 'toString', 'data', 'text'),
  fc.nat(3),
);
const maps = fc.record({
  paths: fc.dictionary(
    fc.constantFrom(...mappableFields),
    fc.array(step, { minLength: 1, maxLength: 12 }),
  ) as fc.Arbitrary<FieldMap['paths']>,
  legValues: fc.dictionary(fc.string(), fc.constantFrom('caller' as const, 'callee' as const), {
    maxKeys: 5,
  }),
  finalValues: fc.dictionary(fc.string(), fc.boolean(), { maxKeys: 5 }),
});
const key = fc.constantFrom('a', 'b', 'data', 'text', '__proto__', 'constructor', '0');
const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    fc.oneof(
      fc.string(),
      fc.integer(),
      fc.constant(null),
      fc.boolean(),
      fc.constant('{"a":["x",{"b":"y"}]}'),
    ),
    fc.array(tie('tree'), { maxLength: 3 }),
    fc.array(fc.tuple(key, tie('tree')), { maxLength: 3 }).map((pairs) => Object.fromEntries(pairs)),
    tie('tree').map((value) => JSON.stringify(value)),
  ),
}));

describe('whatever the event and the map are', () => {
  test('reading never throws, and changes neither', () => {
    fc.assert(
      fc.property(tree, maps, (raw, map) => {
        const before = JSON.stringify([raw, map]);
        for (const event of parseEvents(raw, map)) {
          expect(['line', 'call', 'keep-alive', 'unread']).toContain(event.kind);
          if (event.kind === 'line') expect(typeof event.text).toBe('string');
        }
        expect(JSON.stringify([raw, map])).toBe(before);
      }),
      { numRuns: 1_000 },
    );
  });

  test('a map that names nothing reads as none', () => {
    fc.assert(
      fc.property(tree, (raw) => {
        fc.pre(!Array.isArray(raw));
        expect(parseEvents(raw, mapOf({}))).toEqual(parseEvents(raw));
      }),
    );
  });
});

describe('a map as it is told or kept', () => {
  test.each<[string, unknown]>([
    ['a path that is not a list', { paths: { text: 'a.b' } }],
    ['too many steps', { paths: { text: Array.from({ length: 13 }, () => 'a') } }],
    ['a third side', { paths: {}, legValues: { agent: 'left' } }],
    [
      'too many values',
      { paths: {}, finalValues: Object.fromEntries(Array.from({ length: 51 }, (_, n) => [n, true])) },
    ],
  ])('with %s is not understood', (_name, map) => expect(v.is(fieldMap, map)).toBe(false));

  test('is completed with no meanings, and freed of what is not known', () => {
    expect(v.parse(fieldMap, { paths: { text: ['a'], other: 1 }, later: 1 })).toEqual(mapOf({ text: ['a'] }));
  });
});
