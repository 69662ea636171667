import { signal } from '@preact/signals';
import { describe, expect, test, vi } from 'vitest';
import { type CallModel, createCall, putEntries } from '../../../components/sidebar/call-model.ts';
import { createLineMarks } from '../../../components/sidebar/line-marks.ts';
import type { Entry } from '../../../utils/transcript/call.ts';
import { change, line, lines } from './call-changes.ts';

/** Hides a line that says `secret`, and the one after it. */
function redacted(entries: readonly Entry[]): ReadonlyMap<number, string> {
  const texts = entries.flatMap((entry): [number, string][] =>
    entry.kind === 'line' ? [[entry.index, entry.text]] : [],
  );
  const isSecret = (at: number) => texts[at]?.[1] === 'secret';
  return new Map(texts.map(([index, text], at) => [index, isSecret(at) || isSecret(at - 1) ? '[x]' : text]));
}

function setUp(entries: Entry[], { hiding = true, pinned = [] as number[] } = {}) {
  const call = createCall(change('one', entries).call);
  putEntries(call, entries);
  const given = {
    call,
    pinned: signal<ReadonlySet<number>>(new Set(pinned)),
    isHiding: signal(hiding),
    redacted: vi.fn(redacted),
  };
  return { ...given, marks: createLineMarks(given) };
}

function chunk(call: CallModel, number: number) {
  const found = call.chunks.peek().find((one) => one.number === number);
  if (found === undefined) throw new Error(`There is no chunk ${number}.`);
  return found;
}

describe('pins', () => {
  test('are known chunk by chunk, and a pin changes its own chunk alone', () => {
    const { call, pinned, marks } = setUp(lines(0, 100), { pinned: [1, 60] });
    const [first, second] = [marks.ofChunk(chunk(call, 0)), marks.ofChunk(chunk(call, 1))];
    expect([...first.pinned.value]).toEqual([1]);
    const before = second.pinned.value;
    pinned.value = new Set([1, 2, 60]);
    expect([...first.pinned.value]).toEqual([1, 2]);
    expect(second.pinned.value).toBe(before);
  });
});

describe('lines that are redacted on screen', () => {
  const secret = [...lines(0, 49), line(49, 'caller', 'secret'), line(50, 'caller', 'and more'), line(51)];

  test('are none while it is off', () => {
    const { call, marks, redacted } = setUp(secret, { hiding: false });
    expect(marks.ofChunk(chunk(call, 0)).hidden.value.size).toBe(0);
    expect(redacted).not.toHaveBeenCalled();
  });

  test('are read with the chunks beside in sight', () => {
    const { call, marks } = setUp(secret);
    expect([...marks.ofChunk(chunk(call, 0)).hidden.value]).toEqual([[49, '[x]']]);
    expect([...marks.ofChunk(chunk(call, 1)).hidden.value]).toEqual([[50, '[x]']]);
  });

  test('show as they were said while they are revealed, one at a time', () => {
    const { call, marks } = setUp(secret);
    const { hidden } = marks.ofChunk(chunk(call, 0));
    marks.revealed.value = 49;
    expect(hidden.value.has(49)).toBe(false);
    expect([marks.isRedacted(49), marks.isHidden(49)]).toEqual([true, false]);
    marks.revealed.value = 50;
    expect(marks.isHidden(49)).toBe(true);
  });

  test('are not redacted anew when another chunk grows', () => {
    const { call, marks, redacted } = setUp(lines(0, 150));
    for (const number of [0, 1, 2]) marks.ofChunk(chunk(call, number)).hidden.value;
    redacted.mockClear();
    putEntries(call, [line(150)]);
    marks.ofChunk(chunk(call, 0)).hidden.value;
    marks.ofChunk(chunk(call, 1)).hidden.value;
    expect(redacted).not.toHaveBeenCalled();
  });
});
