import { describe, expect, test } from 'vitest';
import {
  entriesAround,
  entriesBetween,
  firstLine,
  isWhole,
  lastLines,
  lineAfter,
  newestFinal,
  wholeCall,
} from '../../../components/sidebar/call-entries.ts';
import { createCall, dropBefore, putEntries } from '../../../components/sidebar/call-model.ts';
import type { Entry } from '../../../utils/transcript/call.ts';
import { change, gap, line, lines } from './call-changes.ts';

function callOf(...entries: Entry[]) {
  const call = createCall(change('one', entries).call);
  putEntries(call, entries);
  return call;
}

function indexes(entries: readonly Entry[]): number[] {
  return entries.map(({ index }) => index);
}

describe('entries of a call', () => {
  const call = callOf(...lines(0, 120));

  test('between two of them, over the bounds of chunks', () => {
    expect(indexes(entriesBetween(call, 48, 51))).toEqual([48, 49, 50, 51]);
    expect(entriesBetween(call, 119, 300)).toHaveLength(1);
  });

  test('around some of them, as far as a number may reach', () => {
    const around = indexes(entriesAround(call, entriesBetween(call, 50, 51)));
    expect([around[0], around.at(-1)]).toEqual([40, 61]);
    expect(entriesAround(call, [])).toEqual([]);
  });

  test('all of them', () => {
    expect(wholeCall(call)).toHaveLength(120);
  });
});

describe('the newest lines', () => {
  const call = callOf(...lines(0, 49), gap(49), line(50), line(51));

  test('are counted without the losses between them, which come along', () => {
    expect(indexes(lastLines(call, 3))).toEqual([48, 49, 50, 51]);
    expect(lastLines(call, 1_000)).toHaveLength(52);
    expect(lastLines(callOf(), 5)).toEqual([]);
  });

  test('the newest that is final may stand before one that is not', () => {
    expect(newestFinal(callOf(line(0), { ...line(1), final: false }))?.index).toBe(0);
    expect(newestFinal(callOf({ ...line(0), final: false }))).toBe(undefined);
  });
});

test('a call is whole when everything that is kept of it is here', () => {
  const call = createCall(change('one', [], { entryCount: 120 }).call);
  putEntries(call, lines(60, 120));
  expect(isWhole(call)).toBe(false);
  putEntries(call, lines(10, 60));
  expect(isWhole(call)).toBe(false);
  dropBefore(call, 10);
  expect(isWhole(call)).toBe(true);
  expect(isWhole(callOf())).toBe(true);
});

test('the line so many lines after another is found over gaps and over what is not here', () => {
  const call = createCall(change('one', [], { entryCount: 300 }).call);
  putEntries(call, [...lines(0, 48), gap(48), ...lines(49, 60), ...lines(250, 300)]);
  const steps: [number, number, number | undefined][] = [
    [47, 1, 49],
    [49, -1, 47],
    [45, 10, 56],
    [59, 1, 250],
    [250, -2, 58],
    [295, 10, 299],
    [3, -10, 0],
    [299, 1, undefined],
    [0, -1, undefined],
  ];
  for (const [from, count, expected] of steps) expect(lineAfter(call, from, count)).toBe(expected);
  expect(firstLine(call)?.index).toBe(0);
});
