/** The script in a page reads what it is told as its schemas say, though it does not have them. */
import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { shapeOf } from '../../../build/shape-of.ts';
import { readToOverlay, readToOverlayPort } from '../../../entrypoints/overlay.content/read-message.ts';
import { toOverlay, toOverlayPort } from '../../../utils/messaging/overlay-messages.ts';

const layout = { side: 'left', width: 320, room: 'push', collapsed: false };
const insertion = { type: 'overlay:insert', request: 'r', targetId: 't', text: 'words' };

function bySchema(schema: v.GenericSchema, value: unknown): unknown {
  const result = v.safeParse(schema, value);
  return result.success ? result.output : undefined;
}

const words = { title: 'T', refused: 'R', openWindow: 'W', help: 'H', updated: 'U' };

test.each([
  { type: 'overlay:words', words },
  { type: 'overlay:layout', layout },
  { type: 'overlay:serve' },
  { type: 'overlay:framed' },
  { ...insertion, ownLine: true },
  { type: 'overlay:pasted', request: 'r', done: false },
])('is told $type', (message) => {
  expect(readToOverlayPort(message)).toEqual(message);
});

test.each(['overlay:probe', 'overlay:remove'])('is told %s', (type) => {
  expect(readToOverlay({ type })).toEqual({ type });
});

test('what is not said has its default, and what is said besides is left out', () => {
  expect(readToOverlayPort({ ...insertion, other: 1 })).toEqual({ ...insertion, ownLine: false });
});

test.each([
  ['nothing', undefined],
  ['null', null],
  ['a text', 'overlay:serve'],
  ['another type', { type: 'overlay:other' }],
  ['no type', {}],
  ['words that are missing', { type: 'overlay:words', words: { title: 'T' } }],
  ['no layout', { type: 'overlay:layout' }],
  ['a side that there is not', { type: 'overlay:layout', layout: { ...layout, side: 'top' } }],
  ['a width that is too small', { type: 'overlay:layout', layout: { ...layout, width: 20 } }],
  ['a width that is too large', { type: 'overlay:layout', layout: { ...layout, width: 6_000 } }],
  ['a width that is none', { type: 'overlay:layout', layout: { ...layout, width: Number.NaN } }],
  ['a text that is too long', { ...insertion, text: 'a'.repeat(2_000_001) }],
  ['a request that is too long', { ...insertion, request: 'a'.repeat(65) }],
  ['a line that is no answer', { ...insertion, ownLine: 'yes' }],
])('%s is no message', (_what, raw) => {
  expect(readToOverlayPort(raw)).toBeUndefined();
  expect(readToOverlay(raw)).toBeUndefined();
});

test('whatever comes is read as the schemas read it', () => {
  const part = fc.oneof(
    fc.constantFrom<unknown>(
      'left',
      'push',
      'over',
      320,
      279,
      280,
      640,
      641,
      true,
      null,
      undefined,
      'r'.repeat(64),
      'r'.repeat(65),
    ),
    fc.anything({ maxDepth: 1 }),
  );
  const record = (names: readonly string[], value: fc.Arbitrary<unknown>) =>
    fc.record(Object.fromEntries(names.map((name) => [name, value])), { requiredKeys: [] });
  const type = fc.constantFrom(
    ...['words', 'layout', 'serve', 'framed', 'insert', 'pasted', 'probe', 'remove', 'x'].map(
      (name) => `overlay:${name}`,
    ),
  );
  const message = fc
    .tuple(
      type,
      record(['side', 'width', 'room', 'collapsed'], part),
      record(['words', 'layout', 'request', 'targetId', 'text', 'ownLine', 'done'], part),
      fc.boolean(),
    )
    .map(([named, laid, rest, isLaid]) => ({ ...rest, ...(isLaid ? { layout: laid } : {}), type: named }));
  fc.assert(
    fc.property(fc.oneof(message, fc.anything()), (raw) => {
      expect(readToOverlayPort(raw)).toStrictEqual(bySchema(toOverlayPort, raw));
      expect(readToOverlay(raw)).toStrictEqual(bySchema(toOverlay, raw));
    }),
    { numRuns: 20_000 },
  );
});

describe('a schema that a page cannot read', () => {
  test.each<[string, v.GenericSchema]>([
    ['an array', v.array(v.string())],
    ['a text with a pattern', v.pipe(v.string(), v.regex(/a/))],
    ['a number with a text’s limit', v.pipe(v.number(), v.integer())],
    ['a date', v.object({ at: v.date() })],
  ])('is refused while the extension is built: %s', (_what, schema) => {
    expect(() => shapeOf(schema)).toThrow(TypeError);
  });
});
