import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';

const folder = resolve(import.meta.dirname, '../../../demo/calls');
const names = readdirSync(folder).sort();

const text = v.pipe(v.string(), v.trim(), v.nonEmpty());
const phone = v.pipe(v.string(), v.regex(/^\+\d{8,15}$/));
const time = v.pipe(v.number(), v.integer(), v.minValue(0));
const callSchema = v.strictObject({
  sid: text,
  source: v.literal("Written for Earshot's demo"),
  cli: phone,
  dest_number: phone,
  customer: text,
  lines: v.pipe(
    v.array(
      v.strictObject({
        leg: v.picklist([0, 1]),
        start_ms: time,
        duration_ms: v.pipe(time, v.minValue(500), v.maxValue(8_000)),
        text,
        human: text,
      }),
    ),
    v.minLength(14),
    v.maxLength(40),
  ),
});

function readCall(name: string): v.InferOutput<typeof callSchema> {
  return v.parse(callSchema, JSON.parse(readFileSync(join(folder, name), 'utf8')));
}

const calls = names.map((name) => ({ name, read: () => readCall(name) }));

function overlaps({ lines }: v.InferOutput<typeof callSchema>): number {
  return lines.filter((line, index) => {
    const before = lines[index - 1];
    return (
      before !== undefined &&
      before.leg !== line.leg &&
      line.start_ms < before.start_ms + before.duration_ms &&
      before.start_ms < line.start_ms + line.duration_ms
    );
  }).length;
}

describe('the demo calls', () => {
  test('there are five, played in the order of their names', () => {
    expect(names).toHaveLength(5);
    expect(names.map((name) => name[0])).toEqual(['1', '2', '3', '4', '5']);
  });

  test('no two share a call id', () => {
    expect(new Set(calls.map(({ read }) => read().sid)).size).toBe(calls.length);
  });

  test.each(calls)('$name has every field, and words in every line', ({ read }) => {
    expect(read).not.toThrow();
  });

  test.each(calls)('$name is spoken by both legs, in the order of time', ({ read }) => {
    const { lines } = read();
    expect(new Set(lines.map(({ leg }) => leg)).size).toBe(2);
    const starts = lines.map(({ start_ms }) => start_ms);
    expect(starts).toEqual(starts.toSorted((a, b) => a - b));
  });

  test('one is in Spanish, and one has several lines in Arabic', () => {
    const spanish = calls.filter(
      ({ read }) => read().lines.filter(({ human }) => /[¿ñáéíóú]/.test(human)).length > 10,
    );
    const arabic = calls.filter(
      ({ read }) => read().lines.filter(({ human }) => /\p{Script=Arabic}/u.test(human)).length > 5,
    );
    expect(spanish.map(({ name }) => name)).toEqual(['2-doble-cargo.json']);
    expect(arabic.map(({ name }) => name)).toEqual(['3-pending-transfer.json']);
  });

  test('one has a card number, as digits and as words', () => {
    const said = readCall('4-declined-at-checkout.json').lines.map((line) => line.text);
    expect(said.some((line) => line.includes('4242 4242 4242 4242'))).toBe(true);
    expect(said.some((line) => line.includes(Array(8).fill('four two').join(' ')))).toBe(true);
  });

  test('in one the two legs speak at the same time', () => {
    expect(overlaps(readCall('5-overdraft-fee.json'))).toBeGreaterThan(3);
  });
});
