/** An event as a tree, a map as text, and the values that events were seen to carry. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mapAsText, readMapText } from '../../../components/options/inspector-map-text.ts';
import {
  fieldsAt,
  isInList,
  type JsonNode,
  throughEveryItem,
  treeOf,
} from '../../../components/options/json-tree.ts';
import { seenFinals, seenLegs } from '../../../components/options/seen-values.ts';
import type { FieldMap, FieldPath } from '../../../utils/transcript/field-map.ts';
import { valueAt } from '../../../utils/transcript/map-fields.ts';

const mapOf = (paths: FieldMap['paths'], meanings: Partial<FieldMap> = {}): FieldMap => ({
  paths,
  legValues: {},
  finalValues: {},
  ...meanings,
});

function valuesOf({ content, path }: JsonNode): [string, unknown][] {
  return content.kind === 'value' ? [[path.join('.'), content.value]] : content.children.flatMap(valuesOf);
}

describe('the tree of an event', () => {
  test('has every value with its path, also inside JSON in strings', () => {
    const event = { a: { b: ['x', { c: true }] }, d: '{"e":[null,4]}', f: '"only words"' };
    expect(valuesOf(treeOf(event))).toEqual([
      ['a.b.0', 'x'],
      ['a.b.1.c', true],
      ['d.e.0', null],
      ['d.e.1', 4],
      ['f', '"only words"'],
    ]);
  });

  test('leaves out what no path reaches, and says how much', () => {
    let deep: unknown = 'x';
    for (let depth = 0; depth < 20; depth += 1) deep = { a: deep };
    expect(valuesOf(treeOf(deep))).toEqual([]);
    const long = treeOf({ ['k'.repeat(201)]: 1, short: 2 });
    expect(long.content).toMatchObject({ hidden: 1, children: [{ path: ['short'] }] });
  });

  test('of a large event is bounded', () => {
    const large = Array.from({ length: 500 }, () => Array.from({ length: 500 }, () => 'x'));
    expect(valuesOf(treeOf(large)).length).toBeLessThanOrEqual(1_000);
    expect(treeOf(large).content).toMatchObject({ kind: 'list', hidden: expect.any(Number) });
  });

  test('names each value by the path that the reader finds it at', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 4 }), (text) => {
        const event = JSON.parse(text) as unknown;
        const check = ({ content, path }: JsonNode): void => {
          if (content.kind !== 'value') content.children.forEach(check);
          else if (path.length > 0) expect(valueAt(event, path)).toEqual(content.value);
        };
        check(treeOf(event));
      }),
    );
  });
});

test.each<[FieldPath, FieldPath, boolean]>([
  [['a', 'b'], ['a', 'b'], true],
  [['a', '*', 'w'], ['a', 3, 'w'], true],
  [['a', 1], ['a', 0], false],
  [['a', '*'], ['a', 'b'], false],
  [['a'], ['a', 'b'], false],
])('a map with %j takes its field from %j: %j', (mapped, path, expected) => {
  expect(fieldsAt(path, mapOf({ text: mapped }))).toEqual(expected ? ['text'] : []);
});

test('every item of a list, and of a list in a list', () => {
  expect(throughEveryItem(['a', 0, 'b', 4])).toEqual(['a', '*', 'b', '*']);
  expect([isInList(['a', 0]), isInList(['a', 'b'])]).toEqual([true, false]);
});

describe('a map as text', () => {
  const map = mapOf({ text: ['a', '*', 'w'], leg: ['b', 0] }, { legValues: { agent: 'callee' } });
  const written = mapAsText(map);

  test('stands in a configuration as it is', () => {
    expect(JSON.parse(`{"agents":[],${written}}`)).toEqual({ agents: [], fieldMap: map });
    expect(written.startsWith('"fieldMap": {\n  "paths"')).toBe(true);
  });

  test.each<[string, string]>([
    ['as it was written', written],
    ['with the comma after it', `${written},\n`],
    ['as a file', `{${written}}`],
    ['in a whole configuration', `{"agents":[],${written}}`],
    ['alone', JSON.stringify(map)],
  ])('is taken back %s', (_name, text) => expect(readMapText(text)).toEqual({ ok: true, map }));

  test.each<[string, string, string, string]>([
    ['nothing', '', 'no-map', ''],
    ['words', 'hello', 'no-json', ''],
    ['cut short', written.slice(0, -2), 'no-json', ''],
    ['of another kind', '[1]', 'no-map', ''],
    ['with a path as text', '{"paths":{"text":"a.b"}}', 'no-map', 'paths.text'],
    ['with a field nobody maps', '{"paths":{"words":["a"]}}', 'no-map', 'paths.words'],
  ])('%s is refused', (_name, text, problem, at) => {
    expect(readMapText(text)).toMatchObject({ ok: false, problem, at: expect.stringContaining(at) });
  });
});

describe('the values that were seen', () => {
  const events = ['agent', 'client', 'agent', 0, { no: 1 }, '', 'constructor'].map((who, seq) => ({
    seq,
    atMs: seq,
    data: { who, state: who === 'agent' ? 'settled' : 'final' },
  }));

  test('for the side are each there once, with what they mean', () => {
    const map = mapOf({ leg: ['who'] }, { legValues: { agent: 'callee' } });
    expect(seenLegs(events, map)).toEqual([
      { value: 'agent', leg: 'callee' },
      { value: 'client', leg: undefined },
      { value: '0', leg: 'caller' },
      { value: 'constructor', leg: undefined },
    ]);
  });

  test('for whether a text is final are those that do not say it by themselves', () => {
    expect(seenFinals(events, mapOf({ final: ['state'] }))).toEqual([
      { value: 'settled', isFinal: undefined },
    ]);
  });

  test('are none where the field is not mapped', () => {
    expect([seenLegs(events, mapOf({})), seenFinals(events, mapOf({}))]).toEqual([[], []]);
  });
});
