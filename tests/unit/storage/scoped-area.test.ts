import { expect, test } from 'vitest';
import { scopedArea } from '../../../utils/storage/scoped-area.ts';
import { createMemoryArea } from '../background/memory-area.ts';

function setUp() {
  const area = createMemoryArea({ 'a x': 1, 'b x': 2, other: 3 });
  return { area, scoped: scopedArea(area, 'a ') };
}

test('reads its own keys and no other, by the names it knows', async () => {
  const { scoped } = setUp();
  expect(await scoped.read()).toEqual({ x: 1 });
  expect(await scoped.read(['x', 'y', 'other'])).toEqual({ x: 1 });
});

test('writes and removes its own keys and no other', async () => {
  const { area, scoped } = setUp();
  await scoped.write({ y: 4 });
  await scoped.remove(['x', 'other']);
  expect(Object.fromEntries(area.values)).toEqual({ 'b x': 2, other: 3, 'a y': 4 });
});
