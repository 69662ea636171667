import { describe, expect, test } from 'vitest';
import { readPlatformData } from '../../../relay/stream/platform-frame.ts';

const nested = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;

describe('travels as the JSON that came', () => {
  test.each([
    ['an object', '{"text":"hi"}'],
    ['an empty object', '{}'],
    ['an array', '[1,2]'],
    ['JSON with space around it', ' \n{"a":1} '],
    ['brackets inside a text', `{"a":"}${'['.repeat(500)}"}`],
    ['an escaped quote before brackets', `{"a":"\\"${'['.repeat(500)}"}`],
    ['JSON as deep as is taken', nested(128)],
  ])('%s', (_name, text) => expect(readPlatformData(text)).toEqual({ json: text, data: JSON.parse(text) }));
});

describe('travels as the text that came', () => {
  test.each([
    ['plain text', 'hello'],
    ['an empty frame', ''],
    ['a JSON string', '"a string"'],
    ['a number', '42'],
    ['a boolean', 'true'],
    ['null', 'null'],
    ['a broken object', '{"a":'],
    ['a broken array', '[1,]'],
    ['characters JSON must escape', 'line\nbreak "quoted" \u2028 \u0000'],
    ['many open brackets', '{'.repeat(1_000)],
    ['JSON one level too deep', nested(129)],
    ['a depth bomb', `${'[{"a":'.repeat(200_000)}1${'}]'.repeat(200_000)}`],
  ])('%s', (_name, text) => {
    expect(readPlatformData(text)).toEqual({ json: JSON.stringify(text), data: text });
  });
});
