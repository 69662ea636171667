import { expect, test } from 'vitest';
import { createStorageBudget } from '../../../entrypoints/background/storage-budget.ts';

function setUp(sizes: number[]) {
  const budget = createStorageBudget(100);
  const shrunk: number[] = [];
  for (const [at, size] of sizes.entries()) {
    budget.join({ size: () => size, shrink: () => shrunk.push(at) });
  }
  return { budget, shrunk };
}

test.each<[number[], number[]]>([
  [[], []],
  [[100], []],
  [[101], [0]],
  [[60, 40], []],
  [[20, 60, 40], [1]],
])('of %j bytes kept together these give way: %j', (sizes, expected) => {
  const { budget, shrunk } = setUp(sizes);
  budget.makeRoom();
  expect(shrunk).toEqual(expected);
});

test('one that has left neither counts nor gives way', () => {
  const { budget, shrunk } = setUp([60]);
  const leave = budget.join({ size: () => 80, shrink: () => shrunk.push(9) });
  leave();
  budget.makeRoom();
  expect(shrunk).toEqual([]);
});
