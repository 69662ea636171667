import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createRefusalLimit } from '../../../relay/access/refusal-limit.ts';
import { systemClock } from '../../../relay/clock.ts';

beforeEach(() => void vi.useFakeTimers({ now: 0 }));
afterEach(() => void vi.useRealTimers());

const limit = (refusalsPerMinute: number, refusalAddresses = 10) =>
  createRefusalLimit(systemClock, { refusalsPerMinute, refusalAddresses });

test('counts each address by itself and says when to come back', () => {
  const { count } = limit(2);
  expect([count('a').level, count('a').level]).toEqual(['within', 'within']);
  vi.advanceTimersByTime(20_000);
  expect([count('a'), count('a').level, count('b').level]).toEqual([
    { level: 'reached', retryAfterMs: 40_000 },
    'beyond',
    'within',
  ]);
});

test('begins anew after a minute', () => {
  const { count } = limit(1);
  count('a');
  count('a');
  vi.advanceTimersByTime(60_000);
  expect(count('a').level).toBe('within');
});

test('remembers only so many addresses: the longest known goes first', () => {
  const { count } = limit(1, 2);
  for (const address of ['a', 'b', 'c']) count(address);
  expect([count('b').level, count('a').level]).toEqual(['reached', 'within']);
});

test('says beforehand whether another one is one too many, without counting it', () => {
  const { count, isReached } = limit(1);
  expect([isReached('a'), isReached('a')]).toEqual([false, false]);
  count('a');
  expect([isReached('a'), isReached('b')]).toEqual([true, false]);
  vi.advanceTimersByTime(60_000);
  expect(isReached('a')).toBe(false);
});
