import { describe, expect, test } from 'vitest';
import { createRetention } from '../../../entrypoints/background/retention.ts';
import { createEventLog } from '../../../utils/transcript/event-log.ts';
import { createHandClock, settle } from './hand-clock.ts';
import { createMemoryArea } from './memory-area.ts';
import { createFakeSidebar } from './picture.ts';
import { createRoomStore } from './room-store.ts';

const MINUTE = 60_000;
const START_MS = 1_000_000_000;

function setUp(keepMinutes = 15) {
  const clock = createHandClock(START_MS);
  const area = createMemoryArea();
  const log = createEventLog();
  const store = createRoomStore(clock, area, log);
  const alarms: (number | undefined)[] = [];
  const world = {
    clock,
    area,
    log,
    store,
    /** When we are to be woken, in minutes from the start. */
    alarms,
    keepMinutes,
    say(callid: string, atMinutes = 0): void {
      store.takeEvents([{ seq: 1, at: START_MS + atMinutes * MINUTE, data: { callid, text: 'x' } }]);
      retention.callsChanged();
    },
    kept: () => [...store.calls().keys()],
  };
  const retention = createRetention({
    ...clock,
    setAlarm: async (whenMs) => {
      alarms.push(whenMs === undefined ? undefined : (whenMs - START_MS) / MINUTE);
    },
    keepMinutes: () => world.keepMinutes,
    rooms: () => [{ store }],
  });
  retention.check();
  return Object.assign(world, { retention });
}

describe('a call is forgotten', () => {
  test('when its time has passed since its last event, not before, and no other with it', async () => {
    const { clock, say, kept } = setUp();
    say('a');
    await clock.elapse(5 * MINUTE);
    say('b', 5);
    await clock.elapse(10 * MINUTE - 1);
    expect(kept()).toEqual(['a', 'b']);
    await clock.elapse(1);
    expect(kept()).toEqual(['b']);
    await clock.elapse(5 * MINUTE);
    expect(kept()).toEqual([]);
  });

  test('later, if it has gone on meanwhile', async () => {
    const { clock, say, kept } = setUp();
    say('a');
    await clock.elapse(10 * MINUTE);
    say('a', 10);
    await clock.elapse(10 * MINUTE);
    expect(kept()).toEqual(['a']);
    await clock.elapse(5 * MINUTE);
    expect(kept()).toEqual([]);
  });

  test('at once, where its time had passed while nobody was awake', () => {
    const { retention, store, say, kept } = setUp(0);
    say('old', -20);
    say('new', -10);
    expect(kept()).toEqual(['old', 'new']);
    const awake = createRetention({
      ...createHandClock(START_MS),
      setAlarm: async () => {},
      keepMinutes: () => 15,
      rooms: () => [{ store }],
    });
    awake.check();
    expect(kept()).toEqual(['new']);
    retention.check();
  });

  test('with its storage and its events, in every open sidebar, and is not said to have made room', async () => {
    const { clock, area, log, store, say } = setUp();
    const sidebar = createFakeSidebar();
    say('a');
    await clock.elapse(1_000);
    store.subscribe(sidebar.take);
    expect(sidebar.model.calls.value).toHaveLength(1);
    await clock.elapse(15 * MINUTE);
    expect(sidebar.model.calls.value).toEqual([]);
    expect(log.events()).toEqual([]);
    expect([...area.values.keys()].filter((key) => key.startsWith('call '))).toEqual([]);
    expect(store.status().forgottenCount).toBe(0);
  });
});

describe('we are woken', () => {
  test('for the call that is due next, and not once there is none', async () => {
    const { clock, say, alarms } = setUp();
    say('a');
    await clock.elapse(5 * MINUTE);
    say('b', 5);
    await clock.elapse(15 * MINUTE);
    // What an earlier life of the worker wanted is undone first.
    expect(alarms).toEqual([undefined, 15, 20, undefined]);
  });

  test('never where calls are kept until the browser closes', async () => {
    const { clock, say, alarms, kept } = setUp(0);
    say('a');
    await clock.elapse(1_000 * MINUTE);
    expect(alarms).toEqual([undefined]);
    expect(kept()).toEqual(['a']);
  });

  test('no longer, once that is chosen', async () => {
    const world = setUp();
    world.say('a');
    world.keepMinutes = 0;
    world.retention.check();
    await settle();
    expect(world.alarms).toEqual([undefined, 15, undefined]);
  });
});
