import { expect, test } from 'vitest';
import { createRetryBudget } from '../../../entrypoints/overlay.content/retry-budget.ts';

function setUp() {
  const clock = { ms: 1_000 };
  const budget = createRetryBudget({ nowMs: () => clock.ms });
  const take = (times: number) => Array.from({ length: times }, () => budget.take());
  return { clock, budget, take };
}

test('five times in ten seconds, and then not for a minute', () => {
  const { clock, take } = setUp();
  expect(take(7)).toEqual([true, true, true, true, true, false, false]);
  clock.ms += 59_999;
  expect(take(1)).toEqual([false]);
  clock.ms += 1;
  expect(take(6)).toEqual([true, true, true, true, true, false]);
});

test('any number of times where they are far apart', () => {
  const { clock, take } = setUp();
  for (let times = 0; times < 50; times += 1) {
    expect(take(1)).toEqual([true]);
    clock.ms += 2_500;
  }
});

test('at once again when it is renewed', () => {
  const { budget, take } = setUp();
  take(6);
  budget.renew();
  expect(take(6)).toEqual([true, true, true, true, true, false]);
});
