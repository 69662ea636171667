import { describe, expect, test } from 'vitest';
import { createAskOlder, readingOf } from '../../../components/sidebar/ask-older.ts';
import { createCall, dropBefore, putEntries } from '../../../components/sidebar/call-model.ts';
import type { FromSidebar, ToSidebar } from '../../../utils/messaging/sidebar-port.ts';
import { change, lines, status } from './call-changes.ts';

const reset: ToSidebar = { type: 'reset', status };
const complete: ToSidebar = { type: 'complete' };
const older: ToSidebar = { type: 'older', change: change('c1') };

function setUp() {
  const said: FromSidebar[] = [];
  let idle: (() => void)[] = [];
  const at = { place: { callId: 'c1' }, isHere: true };
  const asking = createAskOlder({
    reading: () => at,
    say: (message) => said.push(message),
    whenIdle: (run) => idle.push(run),
  });
  return {
    said,
    at,
    ...asking,
    rest(): void {
      const runs = idle;
      idle = [];
      for (const run of runs) run();
    },
  };
}

describe('older pages', () => {
  test('are asked for one after another, each when there is nothing else to do', () => {
    const { said, take, rest } = setUp();
    take(reset);
    rest();
    expect(said).toEqual([]);
    take(complete);
    expect(said).toEqual([]);
    rest();
    rest();
    expect(said).toEqual([{ type: 'more', callId: 'c1' }]);
    take(older);
    rest();
    expect(said).toHaveLength(2);
  });

  test('are asked for at once where what is read is not here, but never two at a time', () => {
    const { said, at, take, look, rest } = setUp();
    at.isHere = false;
    take(complete);
    look();
    rest();
    expect(said).toHaveLength(1);
    take(older);
    expect(said).toHaveLength(2);
  });

  test('are asked for at once when the reader turns to what is not here', () => {
    const { said, at, take, look } = setUp();
    take(complete);
    look();
    expect(said).toEqual([]);
    at.isHere = false;
    at.place = { callId: 'c2' };
    look();
    expect(said).toEqual([{ type: 'more', callId: 'c2' }]);
  });

  test('are not asked for while everything is told anew', () => {
    const { said, take, rest } = setUp();
    take(complete);
    take(reset);
    rest();
    expect(said).toEqual([]);
  });
});

describe('where a call is read', () => {
  function callOf(from: number, to: number, entryCount: number) {
    const call = createCall(change('c1', [], { entryCount }).call);
    putEntries(call, lines(from, to));
    return call;
  }

  test.each<[string, number, number, number | undefined, number | undefined, boolean]>([
    ['its newest, which is here', 500, 1_000, undefined, undefined, true],
    ['its newest, which is not', 0, 500, undefined, undefined, false],
    ['an entry that is here', 500, 1_000, 700, undefined, true],
    ['an entry that is not', 500, 1_000, 20, 20, false],
    ['an entry that never was', 500, 1_000, 5_000, undefined, true],
  ])('%s', (_name, from, to, index, missing, isHere) => {
    expect(readingOf(callOf(from, to, 1_000), index)).toEqual({
      place: { callId: 'c1', index: missing },
      isHere,
    });
  });

  test('an entry that is no longer kept: the newest instead', () => {
    const call = callOf(500, 1_000, 1_000);
    dropBefore(call, 300);
    expect(readingOf(call, 20).isHere).toBe(true);
  });

  test('nowhere, where there is no call or nothing in it', () => {
    expect(readingOf(undefined, undefined)).toEqual({ place: {}, isHere: true });
    expect(readingOf(callOf(0, 0, 0), undefined).isHere).toBe(true);
  });
});
