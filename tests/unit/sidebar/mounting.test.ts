import { describe, expect, test } from 'vitest';
import { createCall } from '../../../components/sidebar/call-model.ts';
import { createMounting } from '../../../components/sidebar/mounting.ts';
import { change } from './call-changes.ts';

function setUp(entryCount: number, anchor?: number) {
  const painted: string[] = [];
  const mounting = createMounting(createCall(change('c1', [], { entryCount }).call), anchor, (run) => run());
  for (let chunk = 0; chunk < 100; chunk += 1) mounting.onMount(chunk, () => painted.push(`chunk ${chunk}`));
  for (let group = 0; group < 13; group += 1) mounting.onOpen(group, () => painted.push(`group ${group}`));
  const mounted = () => Array.from({ length: 100 }, (_, at) => at).filter(mounting.isMounted);
  return { ...mounting, painted, mounted };
}

describe('at first', () => {
  test.each<[string, number, number | undefined, number[]]>([
    ['the two newest chunks', 4_990, undefined, [98, 99]],
    ['the two newest, also where the last has one line', 4_951, undefined, [98, 99]],
    ['those around the line that was read', 5_000, 1_234, [23, 24, 25]],
    ['all of a short call', 60, undefined, [...Array(100).keys()]],
  ])('%s are mounted', (_name, entryCount, anchor, expected) => {
    expect(setUp(entryCount, anchor).mounted()).toEqual(expected);
  });

  test('only the groups in which they stand are open', () => {
    const { isOpen } = setUp(5_000, 1_234);
    expect([1, 2, 3, 4].map(isOpen)).toEqual([false, true, true, false]);
  });
});

test('what is said from now on is mounted as it comes', () => {
  const { isMounted, isOpen } = setUp(2_000, 3);
  expect([isMounted(39), isMounted(40), isOpen(5)]).toEqual([false, true, true]);
});

test('a chunk is mounted in its group, each painted once', () => {
  const { mount, isOpen, isMounted, painted } = setUp(5_000);
  mount([30, 31, 99]);
  mount([30]);
  expect([isOpen(3), isMounted(30), isMounted(31), isMounted(32)]).toEqual([true, true, true, false]);
  expect(painted).toEqual(['group 3', 'chunk 30', 'chunk 31']);
});

test('a group may be opened without any of its chunks', () => {
  const { open, isMounted, painted } = setUp(5_000);
  open([5, 12]);
  expect([isMounted(40), painted]).toEqual([false, ['group 5']]);
});
