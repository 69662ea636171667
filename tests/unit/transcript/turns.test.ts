import { describe, expect, test } from 'vitest';
import type { Entry } from '../../../utils/transcript/call.ts';
import { formatLine, formatOffset } from '../../../utils/transcript/format-line.ts';
import { groupTurns } from '../../../utils/transcript/turns.ts';

function line(index: number, leg: 'caller' | 'callee', speaker?: string): Entry {
  return { kind: 'line', index, leg, speaker, text: `t${index}`, final: true, atMs: 61_000 };
}

describe('turns', () => {
  test('lines of one speaker in a row stand under one label', () => {
    const turns = groupTurns([line(0, 'caller'), line(1, 'caller'), line(2, 'callee'), line(3, 'caller')]);
    expect(turns.map((turn) => (turn.kind === 'turn' ? turn.lines.length : 'gap'))).toEqual([2, 1, 1]);
  });

  test('a gap stands alone and the speaker is named again after it', () => {
    const gap: Entry = { kind: 'gap', index: 1, fromMs: 0, toMs: 1, reason: 'relay-away' };
    expect(groupTurns([line(0, 'caller'), gap, line(2, 'caller')]).map(({ kind }) => kind)).toEqual([
      'turn',
      'gap',
      'turn',
    ]);
  });

  test('two named speakers of one leg are two turns', () => {
    expect(groupTurns([line(0, 'caller', 'Ann'), line(1, 'caller', 'Bob')])).toHaveLength(2);
  });
});

describe('a line as text', () => {
  test.each([
    [0, '00:00'],
    [-500, '00:00'],
    [61_999, '01:01'],
    [3_600_000, '1:00:00'],
    [36_061_000, '10:01:01'],
  ])('%d ms into the call is %s', (ms, expected) => {
    expect(formatOffset(ms)).toBe(expected);
  });

  test('holds time, speaker and the words as they are', () => {
    const entry = { ...line(0, 'caller'), text: '<b>{text}</b> {{x}}' };
    expect(entry.kind === 'line' && formatLine(entry, 'Caller', 1_000)).toBe(
      '01:00 Caller: <b>{text}</b> {{x}}',
    );
  });
});
