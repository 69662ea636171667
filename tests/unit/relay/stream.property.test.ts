import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createStream, type Stream } from '../../../relay/stream/stream.ts';
import { appendNext } from './append-next.ts';

type Step = { do: 'event'; characters: number } | { do: 'gap' } | { do: 'wait'; ms: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('event' as const), characters: fc.nat(300) }) },
  { weight: 2, arbitrary: fc.constant({ do: 'gap' as const }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.nat(700) }) },
);
const window = fc.record({
  events: fc.integer({ min: 1, max: 8 }),
  ms: fc.integer({ min: 1, max: 1_000 }),
  bytes: fc.integer({ min: 50, max: 2_000 }),
});

/** All sequence numbers still held, found by looking at every position there ever was. */
function heldSeqs(stream: Stream): number[] {
  const positions = Array.from({ length: stream.end() }, (_, position) => stream.at(position));
  return positions.flatMap((entry) => (entry?.kind === 'event' ? [entry.seq] : []));
}

/** What a resume from `seq` brings. */
function replay(stream: Stream, seq: number, nowMs: number) {
  const position = stream.positionAfter('e', seq, nowMs);
  if (position === undefined) return undefined;
  const entries = Array.from({ length: stream.end() - position }, (_, index) => stream.at(position + index));
  return {
    seqs: entries.flatMap((entry) => (entry?.kind === 'event' ? [entry.seq] : [])),
    gaps: [
      ...stream.lostGapsAfter(seq),
      ...entries.flatMap((entry) => (entry?.kind === 'gap' ? [entry.frame] : [])),
    ],
  };
}

test('a resume from before the oldest event brings all that is held and every gap since; an earlier one nothing', () => {
  fc.assert(
    fc.property(window, fc.array(step, { maxLength: 80 }), (bounds, steps) => {
      const stream = createStream('e', bounds);
      const gaps: { seq: number; atMs: number }[] = [];
      let nowMs = 0;
      for (const now of steps) {
        if (now.do === 'wait') nowMs += now.ms;
        if (now.do === 'event') appendNext(stream, JSON.stringify('x'.repeat(now.characters)), nowMs);
        if (now.do === 'gap') {
          gaps.push({ seq: stream.head(), atMs: nowMs });
          stream.appendGap({ from: nowMs, to: nowMs, reason: 'upstream-away' }, nowMs);
        }
        const oldest = stream.oldest(nowMs);
        expect(oldest).toBe(heldSeqs(stream)[0] ?? stream.head() + 1);
        const all = replay(stream, oldest - 1, nowMs);
        expect(all?.seqs).toEqual(heldSeqs(stream));
        for (const { atMs } of gaps.filter(({ seq }) => seq >= oldest - 1)) {
          expect(all?.gaps.some(({ from, to }) => from <= atMs && atMs <= to)).toBe(true);
        }
        expect(replay(stream, oldest - 2, nowMs)).toBeUndefined();
      }
    }),
    { numRuns: 500 },
  );
});
