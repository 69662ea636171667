import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { systemClock } from '../../../relay/clock.ts';
import { createExpiryWarnings } from '../../../relay/upstream/expiry-warnings.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

beforeEach(() => void vi.useFakeTimers({ now: 0 }));
afterEach(() => void vi.useRealTimers());

/** What has been told: the moment of expiry and what was left, in minutes. */
function setUp() {
  const told: [number, number][] = [];
  const warnings = createExpiryWarnings(systemClock, (expiresAtMs, leftMs) => {
    told.push([expiresAtMs / MINUTE, leftMs / MINUTE]);
  });
  return { told, ...warnings };
}

test('a day, an hour, five minutes ahead and when it has passed, once each, however far away it is', () => {
  const { told, watch } = setUp();
  watch(60 * DAY);
  vi.advanceTimersByTime(61 * DAY);
  expect(told.map(([, left]) => left)).toEqual([24 * 60, 60, 5, 0]);
  expect(vi.getTimerCount()).toBe(0);
});

test.each([
  ['half an hour left', 30 * MINUTE, [30, 5, 0]],
  ['two minutes left', 2 * MINUTE, [2, 0]],
  ['long gone', -DAY, [-24 * 60]],
])('%s at the start: the most urgent alone, then the rest', (_name, expiresAtMs, lefts) => {
  const { told, watch } = setUp();
  watch(expiresAtMs);
  vi.advanceTimersByTime(2 * DAY);
  expect(told.map(([, left]) => left)).toEqual(lefts);
});

test('the same moment again is no news; another begins anew; none is silence', () => {
  const { told, watch } = setUp();
  watch(2 * MINUTE);
  watch(2 * MINUTE);
  expect(told).toEqual([[2, 2]]);
  watch(4 * MINUTE);
  watch(undefined);
  vi.advanceTimersByTime(DAY);
  expect(told).toEqual([
    [2, 2],
    [4, 4],
  ]);
});

test('a step of the clock is noticed within a minute', () => {
  const { told, watch } = setUp();
  watch(10 * DAY);
  vi.setSystemTime(11 * DAY);
  vi.advanceTimersByTime(MINUTE);
  expect(told).toHaveLength(1);
});

test('nothing after stop', () => {
  const { told, watch, stop } = setUp();
  watch(DAY + HOUR);
  stop();
  vi.advanceTimersByTime(2 * DAY);
  expect(told).toEqual([]);
});
