import { effect, signal } from '@preact/signals';
import { expect, test } from 'vitest';
import {
  type CallModel,
  createCall,
  dropBefore,
  putEntries,
} from '../../../components/sidebar/call-model.ts';
import { groupsOf, tallyChunks } from '../../../components/sidebar/chunk-groups.ts';
import { change, line, lines } from './call-changes.ts';

function callOf(entryCount: number, from = 0): CallModel {
  const call = createCall(change('c1', [], { entryCount }).call);
  putEntries(call, lines(from, entryCount));
  return call;
}

function numbers(call: CallModel): [number, number[]][] {
  return groupsOf(call).value.map((group) => [group.number, group.chunks.value.map((chunk) => chunk.number)]);
}

const span = (from: number, to: number) => Array.from({ length: to - from }, (_, at) => from + at);

test('eight chunks are a group, whether their lines are here or not', () => {
  const expected = [...span(0, 5).map((group) => [group, span(group * 8, group * 8 + 8)]), [5, span(40, 41)]];
  expect(numbers(callOf(2_050))).toEqual(expected);
  expect(numbers(callOf(2_050, 2_000))).toEqual(expected);
});

test('what is no longer kept is in none', () => {
  const call = callOf(2_050);
  dropBefore(call, 1_100);
  expect(numbers(call)).toEqual([
    [2, span(22, 24)],
    [3, span(24, 32)],
    [4, span(32, 40)],
    [5, span(40, 41)],
  ]);
});

test('a group stays the same while chunks are added to another', () => {
  const call = callOf(2_050);
  const [zero, one] = groupsOf(call).value;
  const chunks = zero?.chunks.value;
  putEntries(call, lines(2_050, 2_200));
  expect(groupsOf(call).value.slice(0, 2)).toEqual([zero, one]);
  expect(zero?.chunks.value).toBe(chunks);
});

test('what is counted is added up, and counted anew only in the group that changed', () => {
  const call = callOf(2_050);
  const counted: number[] = [];
  const { total, before } = tallyChunks(
    signal(call),
    ({ number, entries }) => {
      counted.push(number);
      return entries.value.length;
    },
    (counts) => counts.reduce((sum, count) => sum + count, 0),
  );
  const stop = effect(() => void total.value);
  expect([total.value, before(0), before(25), before(41)]).toEqual([2_050, 0, 1_250, 2_050]);
  counted.length = 0;
  putEntries(call, [line(2_050)]);
  expect(total.value).toBe(2_051);
  expect(new Set(counted)).toEqual(new Set([40, 41]));
  stop();
});
