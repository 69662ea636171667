/** How the bench of the core measures; the core itself is measured by running it. */
import { expect, test } from 'vitest';
import { callFrames, longCallFrames } from '../../../bench/core/frames.ts';
import { keywordProfiles } from '../../../bench/core/queries.ts';
import { eventsOf } from '../../../bench/core/stages.ts';
import { takeTurns } from '../../../bench/core/turns.ts';
import { ratioOf } from '../../../bench/percentile.ts';
import { createCallBook } from '../../../utils/transcript/call-book.ts';
import { compileProfiles } from '../../../utils/transcript/keywords.ts';

function bookOf(frames: readonly string[]) {
  const book = createCallBook();
  for (const { data, at } of eventsOf(frames)) book.takeEvent(data, at);
  return book;
}

test('its frames are calls that begin, are spoken with interims, and end', () => {
  const book = bookOf(callFrames(3_000));
  const heads = [...book.calls().values()].map(({ head }) => head);
  expect(heads.filter(({ phase }) => phase === 'ended').length).toBeGreaterThanOrEqual(5);
  expect(book.unread().count).toBe(0);
  expect(heads.reduce((sum, { entryCount }) => sum + entryCount, 0)).toBeLessThan(600);
});

test('its long call is one call with as many lines as were asked for, and goes on', () => {
  const calls = bookOf(longCallFrames(2_000, 'lines', 'long')).calls();
  expect([...calls.values()].map(({ head }) => [head.id, head.phase, head.entryCount])).toEqual([
    ['long', 'live', 2_000],
  ]);
});

test('its fifty keyword profiles can all be used', () => {
  expect(compileProfiles(keywordProfiles(50))).toHaveLength(50);
});

test('contenders take turns, once a round', async () => {
  const turns: string[] = [];
  const contender = (name: string) => ({
    units: 1,
    begin: async () => () => {
      if (turns.at(-1) !== name) turns.push(name);
      callFrames(2_000);
    },
  });
  const costs = await takeTurns(
    { one: contender('one'), other: contender('other') },
    { warmUps: 1, rounds: 2 },
  );
  expect(turns).toEqual(['one', 'other', 'one', 'other', 'one', 'other']);
  expect([costs.one.length, costs.other.length]).toEqual([2, 2]);
  expect(Math.min(...costs.one, ...costs.other)).toBeGreaterThan(0);
});

test('a ratio is the median of what stood side by side, so that one bad round says nothing', () => {
  expect(ratioOf([2, 4, 90], [1, 2, 3])).toBe(2);
});
