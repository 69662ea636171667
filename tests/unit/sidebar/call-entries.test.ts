import { describe, expect, test } from 'vitest';
import {
  entriesAround,
  entriesBetween,
  lastLines,
  newestFinal,
  wholeCall,
} from '../../../components/sidebar/call-entries.ts';
import { createCall, putEntries } from '../../../components/sidebar/call-model.ts';
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
