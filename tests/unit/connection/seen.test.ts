import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addSeen, hasSeen, type Seen } from '../../../utils/connection/seen.ts';

const none: Seen = [];

describe('sequence numbers that were taken', () => {
  test('over any order they are known again, and no other is', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 200 })), (seqs) => {
        const seen = seqs.reduce<Seen>(addSeen, none);
        for (let seq = 0; seq <= 200; seq += 1) expect(hasSeen(seen, seq)).toBe(seqs.includes(seq));
        seen.forEach(([from, to], at) => {
          expect(from).toBeLessThanOrEqual(to);
          expect(from).toBeGreaterThan((seen[at - 1]?.[1] ?? -2) + 1);
        });
      }),
    );
  });

  test('events in a row stay one range, however many', () => {
    let seen = none;
    for (let seq = 5; seq < 5_000; seq += 1) seen = addSeen(seen, seq);
    expect(seen).toEqual([[5, 4_999]]);
  });

  test('holes are bounded, and the newest are kept', () => {
    let seen = none;
    for (let seq = 0; seq < 10_000; seq += 2) seen = addSeen(seen, seq);
    expect(seen).toHaveLength(256);
    expect(hasSeen(seen, 9_998)).toBe(true);
  });
});
