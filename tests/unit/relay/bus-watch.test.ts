import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { BusStatus } from '../../../relay/bus/bus.ts';
import { watchBus } from '../../../relay/bus/watch-bus.ts';
import { systemClock } from '../../../relay/clock.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function setUp() {
  const told: string[] = [];
  let tell: (status: BusStatus) => void = () => {};
  const watch = watchBus(
    {
      onStatus(listener) {
        tell = listener;
      },
    },
    {
      clock: systemClock,
      limits: { busAwayMs: 10_000 },
      onChange: () => void told.push('change'),
      onLongAway: () => void told.push('long away'),
    },
  );
  return {
    told,
    watch,
    say: (state: BusStatus['state'], detail?: string) => tell({ state, sinceMs: 0, detail }),
  };
}

test('a bus that stays away is told of once, however its reason changes meanwhile', () => {
  const { told, say } = setUp();
  say('away', 'the connection was lost');
  vi.advanceTimersByTime(6_000);
  say('away', 'it is refused');
  vi.advanceTimersByTime(4_000);
  expect(told).toEqual(['change', 'change', 'long away']);
  vi.advanceTimersByTime(60_000);
  expect(told).toHaveLength(3);
});

test('one that comes back in time is not, and each absence is counted anew', () => {
  const { told, say } = setUp();
  say('away');
  vi.advanceTimersByTime(9_999);
  say('here');
  say('away');
  vi.advanceTimersByTime(9_999);
  expect(told).toEqual(['change', 'change', 'change']);
  vi.advanceTimersByTime(1);
  expect(told.at(-1)).toBe('long away');
});

test('nothing is told once it is stopped', () => {
  const { told, watch, say } = setUp();
  say('away');
  watch.stop();
  vi.advanceTimersByTime(60_000);
  expect(told).toEqual(['change']);
});
