import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { createOptionsHub, type WatchedRoom } from '../../../entrypoints/background/options-hub.ts';
import type { IncomingPort } from '../../../utils/browser/ports.ts';
import type { Diagnosis } from '../../../utils/messaging/diagnosis.ts';
import { type ToOptions, toOptions } from '../../../utils/messaging/options-port.ts';
import { createEventLog } from '../../../utils/transcript/event-log.ts';
import type { FieldMap } from '../../../utils/transcript/field-map.ts';
import { createHandClock, settle } from './hand-clock.ts';
import { createMemoryArea } from './memory-area.ts';
import { createRoomStore } from './room-store.ts';

const diagnosis: Diagnosis = {
  startedAtMs: 1,
  relays: [],
  tabs: { on: 1, left: 0, refused: 0 },
  surfaces: { overlay: 1, panel: 0, window: 0 },
  sites: { listed: 0, allowed: 0 },
  notes: 0,
};

function setUp() {
  const clock = createHandClock();
  const gate = Promise.withResolvers<void>();
  const rooms = new Map<string, WatchedRoom>();
  const done: string[] = [];
  const world = { progress: { sidebars: 0, lines: 0 } };
  const hub = createOptionsHub({
    clock,
    ready: gate.promise,
    roomOf: (relayId) => rooms.get(relayId),
    progress: () => world.progress,
    forget: async () => void done.push('forget'),
    diagnose: async () => diagnosis,
    save: (part) => void done.push(`saved ${JSON.stringify(part)}`),
    watchChanged: () => done.push(`watched ${[...hub.watched()].join()}`),
  });

  function addRoom(relayId: string) {
    const log = createEventLog();
    const store = createRoomStore(clock, createMemoryArea(), log);
    const map: FieldMap = { paths: { text: [relayId] }, legValues: {}, finalValues: {} };
    rooms.set(relayId, { store, log, relayFieldMap: () => map });
    return {
      store,
      map,
      say: (...seqs: number[]) =>
        store.takeEvents(seqs.map((seq) => ({ seq, at: seq, data: { callid: relayId, text: `${seq}` } }))),
    };
  }

  function open(given: Partial<IncomingPort> = {}) {
    const heard: ((message: unknown) => void)[] = [];
    const left: (() => void)[] = [];
    const page = { told: [] as ToOptions[], isClosed: false };
    hub.take({
      name: 'options',
      senderIsOurPage: true,
      senderUrl: 'options.html',
      isFramed: false,
      tabId: 1,
      post: (message) => page.told.push(v.parse(toOptions, JSON.parse(JSON.stringify(message)))),
      onMessage: (listener) => heard.push(listener),
      onClosed: (listener) => left.push(listener),
      close() {
        page.isClosed = true;
      },
      ...given,
    });
    return Object.assign(page, {
      async say(message: unknown): Promise<void> {
        for (const listener of heard) listener(message);
        await settle();
      },
      leave(): void {
        for (const listener of left) listener();
      },
      ofType: <Type extends ToOptions['type']>(type: Type) =>
        page.told.filter((message): message is Extract<ToOptions, { type: Type }> => message.type === type),
    });
  }

  return Object.assign(world, { clock, hub, done, addRoom, rooms, open, becomeReady: gate.resolve });
}

async function setUpReady() {
  const world = setUp();
  world.becomeReady();
  await settle();
  return world;
}

test.each<[string, Partial<IncomingPort>]>([
  ['another port', { name: 'sidebar' }],
  ['a page’s script', { senderIsOurPage: false }],
])('%s is closed', (_name, given) => {
  expect(setUp().open(given).isClosed).toBe(true);
});

describe('a page that watches a relay', () => {
  test('is told its state with its field map, and the events that are held, then each as it comes', async () => {
    const { clock, addRoom, open, done } = await setUpReady();
    const { say, store, map } = addRoom('r1');
    say(1, 2);
    const page = open();
    await page.say({ type: 'watch', relayId: 'r1' });
    expect(page.told).toMatchObject([
      { type: 'progress' },
      {
        type: 'watched',
        relayId: 'r1',
        relay: { name: 'off' },
        platform: { name: 'unknown' },
        relayFieldMap: map,
      },
      { type: 'events', relayId: 'r1', events: [{ seq: 1, data: { text: '1' } }, { seq: 2 }] },
    ]);
    say(3);
    store.setRelay({ name: 'connected', sinceMs: 1, agent: 'Alice' });
    await clock.elapse(100);
    expect(page.ofType('events').at(-1)).toMatchObject({ events: [{ seq: 3, atMs: 3 }] });
    expect(page.ofType('watched').at(-1)).toMatchObject({ relay: { name: 'connected' } });
    expect(done).toEqual(['watched r1']);
  });

  test('is told of a flood only what a log would hold', async () => {
    const { clock, addRoom, open } = await setUpReady();
    const { say } = addRoom('r1');
    const page = open();
    await page.say({ type: 'watch', relayId: 'r1' });
    say(...Array.from({ length: 300 }, (_, at) => at + 1));
    await clock.elapse(100);
    const told = page.ofType('events').flatMap(({ events }) => events.map(({ seq }) => seq));
    expect(told.at(-1)).toBe(300);
    expect(told.length).toBeLessThanOrEqual(51);
  });

  test('hears nothing more of it when it watches another, or none', async () => {
    const { clock, addRoom, open, done } = await setUpReady();
    const one = addRoom('r1');
    addRoom('r2');
    const page = open();
    await page.say({ type: 'watch', relayId: 'r1' });
    await page.say({ type: 'watch', relayId: 'r2' });
    const before = page.told.length;
    one.say(1);
    await clock.elapse(100);
    expect(page.told).toHaveLength(before);
    await page.say({ type: 'watch' });
    expect(done).toEqual(['watched r1', 'watched r2', 'watched ']);
  });

  test('is told everything again when it asks again', async () => {
    const { addRoom, open } = await setUpReady();
    addRoom('r1').say(1);
    const page = open();
    await page.say({ type: 'watch', relayId: 'r1' });
    await page.say({ type: 'watch', relayId: 'r1' });
    expect([page.ofType('watched').length, page.ofType('events').length]).toEqual([2, 2]);
  });

  test('hears of a relay that is set only later as soon as it has a room', async () => {
    const { addRoom, open, hub } = await setUpReady();
    const page = open();
    await page.say({ type: 'watch', relayId: 'r1' });
    expect(page.ofType('watched')).toEqual([]);
    addRoom('r1');
    hub.roomsChanged();
    expect(page.ofType('watched')).toMatchObject([{ relayId: 'r1' }]);
  });

  test('watches no longer once it is closed', async () => {
    const { clock, addRoom, open, hub, done } = await setUpReady();
    const { say } = addRoom('r1');
    const page = open();
    await page.say({ type: 'watch', relayId: 'r1' });
    page.leave();
    const before = page.told.length;
    say(1);
    await clock.elapse(100);
    expect([page.told.length, hub.watched().size]).toEqual([before, 0]);
    expect(done).toEqual(['watched r1', 'watched ']);
  });
});

describe('every page', () => {
  test('is told how far the agent has come, and again only when that changes', async () => {
    const world = await setUpReady();
    const page = world.open();
    await settle();
    world.hub.progressChanged();
    world.progress = { sidebars: 1, lines: 7 };
    world.hub.progressChanged();
    expect(page.told).toEqual([
      { type: 'progress', sidebars: 0, lines: 0 },
      { type: 'progress', sidebars: 1, lines: 7 },
    ]);
  });

  test('can have everything forgotten, and be told the state', async () => {
    const { open, done } = await setUpReady();
    const page = open();
    await page.say({ type: 'forget' });
    await page.say({ type: 'diagnose' });
    expect(done).toEqual(['forget']);
    expect(page.told.slice(1)).toEqual([{ type: 'forgotten' }, { type: 'diagnosis', diagnosis }]);
  });

  test('is not answered what it did not ask in our words', async () => {
    const { open, done } = await setUpReady();
    const page = open();
    await page.say({ type: 'forget everything' });
    expect([page.told.length, done]).toEqual([1, []]);
  });

  test('is answered once it is known what there is', async () => {
    const { open, addRoom, becomeReady } = setUp();
    addRoom('r1');
    const page = open();
    await page.say({ type: 'watch', relayId: 'r1' });
    expect(page.told).toEqual([]);
    becomeReady();
    await settle();
    expect(page.told.map(({ type }) => type)).toEqual(['progress', 'watched', 'events']);
  });
});

describe('preferences a page has not stored', () => {
  test('are stored as it said last where it is closed first, also before anything is known', async () => {
    const { open, done } = setUp();
    const page = open();
    await page.say({ type: 'unsaved', part: { side: 'right' } });
    await page.say({ type: 'unsaved', part: { side: 'left', width: 400 } });
    expect(done).toEqual([]);
    page.leave();
    expect(done).toEqual(['saved {"side":"left","width":400}']);
  });

  test('are left alone once it has stored them', async () => {
    const { open, done } = setUp();
    const page = open();
    await page.say({ type: 'unsaved', part: { side: 'left' } });
    await page.say({ type: 'unsaved', part: {} });
    page.leave();
    expect(done).toEqual([]);
  });
});
