import { expect, test } from 'vitest';
import type { LogEntry } from '../../../relay/bus/bus.ts';
import { lastKnownUp } from '../../../relay/leading/known-up.ts';

const event: LogEntry = { kind: 'event', atMs: 20, json: '1' };
const gap: LogEntry = { kind: 'gap', gap: { from: 5, to: 25, reason: 'upstream-away' } };

test.each([
  ['nobody was ever there', undefined, undefined, undefined, undefined],
  ['only a holder spoke', 10, undefined, undefined, 10],
  ['an event came later', 10, event, 15, 20],
  ['a gap ended later', 10, gap, 15, 25],
  ['we know better', 10, event, 30, 30],
  ['the holder knew better', 40, gap, 30, 40],
])('%s', (_name, notedMs, newest, ownMs, knownMs) => {
  expect(lastKnownUp({ notedMs, newest, lostAtMs: undefined, ownMs })).toBe(knownMs);
});

test('of a log that holds nothing any more it is known when its newest was written', () => {
  const nothing = { notedMs: undefined, newest: undefined, ownMs: undefined };
  expect(lastKnownUp({ ...nothing, lostAtMs: 12 })).toBe(12);
});
