import { describe, expect, test } from 'vitest';
import { createAnnouncer } from '../../../components/sidebar/announcer.ts';
import type { CallChange, ToSidebar } from '../../../utils/messaging/sidebar-port.ts';
import type { LineEntry } from '../../../utils/transcript/call.ts';
import { createHandClock } from '../background/hand-clock.ts';
import { change, gap, line, lines, status } from './call-changes.ts';

const GATHER_MS = 1_500;

function changes(...calls: CallChange[]): ToSidebar {
  return { type: 'changes', calls, forgotten: [] };
}

/** A sidebar that shows `c1` and has everything there was. */
function setUp() {
  const clock = createHandClock();
  const said: (readonly string[] | number)[] = [];
  const world = { isOn: true, shownId: 'c1' };
  const announcer = createAnnouncer({
    setTimer: clock.setTimer,
    isOn: () => world.isOn,
    say: (what) => said.push(what),
  });
  const take = (message: ToSidebar) => announcer.take(message, world.shownId);
  take({ type: 'reset', status });
  return Object.assign(world, { clock, said, take, complete: () => take({ type: 'complete' }) });
}

function interim(index: number, text: string): LineEntry {
  return { ...line(index, 'caller', text), final: false };
}

describe('what is said', () => {
  test('is told once it has been quiet for a while, in its order', async () => {
    const { clock, said, take, complete } = setUp();
    complete();
    take(changes(change('c1', [line(0, 'caller', 'hello')])));
    await clock.elapse(GATHER_MS - 1);
    expect(said).toEqual([]);
    take(changes(change('c1', [line(1, 'callee', 'good morning')])));
    await clock.elapse(1);
    expect(said).toEqual([['hello', 'good morning']]);
    take(changes(change('c1', [line(2, 'caller', 'my card')])));
    await clock.elapse(GATHER_MS);
    expect(said).toEqual([['hello', 'good morning'], ['my card']]);
  });

  test.each<[number, readonly string[] | number]>([
    [1, ['line 0']],
    [3, ['line 0', 'line 1', 'line 2']],
    [4, 4],
    [200, 200],
  ])('is read out or counted: %d lines', async (count, expected) => {
    const { clock, said, take, complete } = setUp();
    complete();
    take(changes(change('c1', lines(0, count))));
    await clock.elapse(GATHER_MS);
    expect(said).toEqual([expected]);
  });

  test('leaves the page with its call, and is not told after that', async () => {
    const { clock, said, take, complete } = setUp();
    complete();
    take(changes(change('c1', [line(0, 'caller', 'a secret')])));
    take({ type: 'changes', calls: [], forgotten: ['c1'] });
    await clock.elapse(GATHER_MS);
    expect(said.flat()).toEqual([]);
    expect(said[0]).toEqual([]);
  });

  test('is told when it is final, and not before', async () => {
    const { clock, said, take, complete } = setUp();
    complete();
    take(changes(change('c1', [interim(0, 'i lost')])));
    await clock.elapse(GATHER_MS);
    take(changes(change('c1', [interim(0, 'i lost my')])));
    await clock.elapse(GATHER_MS);
    expect(said).toEqual([]);
    take(changes(change('c1', [line(0, 'caller', 'i lost my card')])));
    await clock.elapse(GATHER_MS);
    expect(said).toEqual([['i lost my card']]);
  });

  test('is told once, also when it is sent again or corrected', async () => {
    const { clock, said, take, complete } = setUp();
    complete();
    for (const text of ['my card', 'my card', 'my cart']) {
      take(changes(change('c1', [line(0, 'caller', text)])));
      await clock.elapse(GATHER_MS);
    }
    expect(said).toEqual([['my card']]);
  });

  test('in another call is not told', async () => {
    const { clock, said, take, complete } = setUp();
    complete();
    take(changes(change('c2', [line(0, 'caller', 'not you')]), change('c1', [line(0, 'caller', 'you')])));
    await clock.elapse(GATHER_MS);
    expect(said).toEqual([['you']]);
  });

  test('in a call that is shown later is not told later', async () => {
    const world = setUp();
    world.complete();
    world.take(changes(change('c2', [line(0, 'caller', 'before')])));
    world.shownId = 'c2';
    world.take(changes(change('c2', [line(0, 'caller', 'before'), line(1, 'caller', 'since')])));
    await world.clock.elapse(GATHER_MS);
    expect(world.said).toEqual([['since']]);
  });

  test('as a gap is not told', async () => {
    const { clock, said, take, complete } = setUp();
    complete();
    take(changes(change('c1', [gap(0)])));
    await clock.elapse(GATHER_MS);
    expect(said).toEqual([]);
  });
});

describe('what was there before', () => {
  test('is not told, and what comes after it is', async () => {
    const { clock, said, take, complete } = setUp();
    take(changes(change('c1', lines(0, 3))));
    complete();
    take(changes(change('c1', [line(3, 'caller', 'new')])));
    await clock.elapse(GATHER_MS);
    expect(said).toEqual([['new']]);
  });

  test('is not told when it comes again over a new port', async () => {
    const { clock, said, take, complete } = setUp();
    complete();
    take(changes(change('c1', lines(0, 2))));
    await clock.elapse(GATHER_MS);
    take({ type: 'reset', status });
    take(changes(change('c1', lines(0, 4))));
    complete();
    take(changes(change('c1', lines(2, 5))));
    await clock.elapse(GATHER_MS);
    expect(said).toEqual([['line 0', 'line 1'], ['line 4']]);
  });

  test('is not told when it comes later, nor when it is revised then', async () => {
    const { clock, said, take, complete } = setUp();
    complete();
    take({ type: 'older', change: change('c1', lines(0, 4)) });
    take(changes(change('c1', [line(2, 'caller', 'line two'), line(4)])));
    await clock.elapse(GATHER_MS);
    expect(said).toEqual([['line 4']]);
  });

  test('as an interim is told when it becomes final', async () => {
    const { clock, said, take, complete } = setUp();
    take(changes(change('c1', [interim(0, 'i lost')])));
    complete();
    take(changes(change('c1', [line(0, 'caller', 'i lost my card')])));
    await clock.elapse(GATHER_MS);
    expect(said).toEqual([['i lost my card']]);
  });
});

describe('where it is switched off', () => {
  test('nothing is told', async () => {
    const world = setUp();
    world.complete();
    world.isOn = false;
    world.take(changes(change('c1', lines(0, 5))));
    await world.clock.elapse(GATHER_MS);
    expect(world.said).toEqual([]);
  });

  test('and on again, only what comes then', async () => {
    const world = setUp();
    world.complete();
    world.isOn = false;
    world.take(changes(change('c1', lines(0, 2))));
    await world.clock.elapse(GATHER_MS);
    world.isOn = true;
    world.take(changes(change('c1', lines(0, 3))));
    await world.clock.elapse(GATHER_MS);
    expect(world.said).toEqual([['line 2']]);
  });
});

test('a call that began anew under the id of another is told', async () => {
  const { clock, said, take, complete } = setUp();
  complete();
  take(changes(change('c1', [line(0, 'caller', 'the first call')])));
  await clock.elapse(GATHER_MS);
  take(changes(change('c1', [line(0, 'caller', 'the second call')], { startedAtMs: 9 })));
  await clock.elapse(GATHER_MS);
  expect(said).toEqual([['the first call'], ['the second call']]);
});

test('a call of ten thousand lines is told line by line, each once', async () => {
  const { clock, said, take, complete } = setUp();
  complete();
  for (let at = 0; at < 10_000; at += 2_000) {
    take(changes(change('c1', lines(at, at + 2_000))));
    take(changes(change('c1', lines(at, at + 2_000))));
    await clock.elapse(GATHER_MS);
  }
  expect(said).toEqual([2_000, 2_000, 2_000, 2_000, 2_000]);
});
