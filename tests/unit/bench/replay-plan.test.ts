/** What the bench replays as an hour of an agent's work. */
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { CALLS_AN_HOUR, planReplay } from '../../../bench/extension/replay-plan.ts';
import { readCalls } from '../../../demo/simulator/call-file.ts';

const HOUR_MS = 3_600_000;
const files = readCalls(resolve(import.meta.dirname, '../../../demo/calls'));

describe('a replay', () => {
  test('of an hour is an hour long, within a hundredth', () => {
    const { lengthMs } = planReplay(files, 0, CALLS_AN_HOUR);
    expect(Math.abs(lengthMs / HOUR_MS - 1)).toBeLessThan(0.01);
  });

  test('ends each call before the next begins, and takes no id twice', () => {
    const { plan } = planReplay(files, 3, 12);
    const turns = plan
      .filter(({ item }) => item.kind !== 'line')
      .map(({ item }) => [item.kind, item.call.callId]);
    expect(turns).toHaveLength(24);
    expect(new Set(turns.map(([, id]) => id)).size).toBe(12);
    for (const [at, [kind, id]] of turns.entries()) {
      expect(kind).toBe(at % 2 === 0 ? 'started' : 'ended');
      expect(id).toBe(turns[at - (at % 2)]?.[1]);
    }
    const times = plan.map(({ atMs }) => atMs);
    expect(times).toEqual(times.toSorted((one, other) => one - other));
  });
});
