import { describe, expect, test } from 'vitest';
import { hello } from '../connection/fake-relay.ts';
import { settle } from './hand-clock.ts';
import { createRoomsWorld, relayOf, said } from './rooms-world.ts';

const two = { relays: [relayOf('one'), relayOf('two')], defaultRelay: 'two' };
const mapped = { paths: { callId: ['k'], text: ['t'] }, legValues: {}, finalValues: {} };
/** Nothing in it is named as anybody would guess. */
const strange = { k: 'c9', t: 'read at last' };

async function openRooms(settings: unknown = two) {
  const world = createRoomsWorld(settings);
  await world.rooms.ready;
  return world;
}

describe('there is a room', () => {
  test.each<[string, unknown, string[]]>([
    ['for each relay', two, ['one', 'two']],
    ['even where no relay is set', {}, ['']],
  ])('%s', async (_name, settings, ids) => {
    const { rooms } = await openRooms(settings);
    expect(rooms.all().map(({ id }) => id)).toEqual(ids);
  });

  test.each<[string | undefined, string]>([
    ['one', 'one'],
    ['two', 'two'],
    ['unknown', 'two'],
    [undefined, 'two'],
  ])('asked for as %s: %s', async (asked, id) => {
    const { rooms } = await openRooms();
    expect(rooms.room(asked)?.id).toBe(id);
  });

  test('none before the settings are read', () => {
    expect(createRoomsWorld(two).rooms.room()).toBeUndefined();
  });

  test('where settings cannot be read, as if none were set', async () => {
    const world = createRoomsWorld(two);
    world.store.read = () => Promise.reject(new Error('broken'));
    await world.rooms.settingsChanged();
    expect(world.rooms.all().map(({ id }) => id)).toEqual(['']);
  });
});

describe('calls of one relay', () => {
  test('are no calls of another, in the storage neither', async () => {
    const { area, clock, room } = await openRooms();
    room('one').store.takeEvents(said('c1', 'here'));
    room('two').store.takeEvents(said('c1', 'there'));
    await clock.elapse(1_000);
    const again = createRoomsWorld(two, area);
    await again.rooms.ready;
    const texts = ['one', 'two'].map((id) => again.room(id).store.calls().get('c1')?.entries);
    expect(texts).toMatchObject([[{ text: 'here' }], [{ text: 'there' }]]);
  });

  test('are forgotten with it, in the storage too, and also where it was removed in our absence', async () => {
    const world = await openRooms();
    world.room('one').store.takeEvents(said('c1', 'here'));
    world.room('two').store.takeEvents(said('c2', 'there'));
    await world.clock.elapse(1_000);
    const kept = structuredClone(Object.fromEntries(world.area.values));

    world.settings = { relays: [relayOf('two')] };
    await world.rooms.settingsChanged();
    await world.clock.elapse(1_000);
    const left = [...world.area.values.keys()];
    expect(left.some((key) => key.startsWith('relay one '))).toBe(false);
    expect(left.some((key) => key.startsWith('relay two '))).toBe(true);

    const again = createRoomsWorld(world.settings);
    for (const [key, value] of Object.entries({ ...kept, tabs: [] })) again.area.values.set(key, value);
    await again.rooms.ready;
    await settle();
    expect([...again.area.values.keys()].filter((key) => key.startsWith('relay one '))).toEqual([]);
    expect([...again.area.values.keys()]).toContain('tabs');
  });

  test('stay where another relay is added, and its room is ready when it is there', async () => {
    const world = await openRooms({ relays: [relayOf('one')] });
    const { room } = world;
    room('one').store.takeEvents(said('c1', 'here'));
    const before = room('one');
    world.settings = two;
    await world.rooms.settingsChanged();
    expect(room('one')).toBe(before);
    expect(room('two').store.calls().size).toBe(0);
  });
});

describe('connections', () => {
  test('are there for the relays that are wanted, and for no other', async () => {
    const { rooms, connected } = await openRooms();
    rooms.setWanted(new Set(['one']));
    await settle();
    expect(connected()).toEqual(['one.test']);
    rooms.setWanted(new Set(['one', 'two']));
    await settle();
    expect(connected()).toEqual(['one.test', 'two.test']);
    rooms.setWanted(new Set(['two', 'unknown']));
    await settle();
    expect(connected()).toEqual(['two.test']);
  });

  test('end with their relay', async () => {
    const world = await openRooms();
    world.rooms.setWanted(new Set(['one']));
    await settle();
    world.settings = { relays: [relayOf('two')] };
    await world.rooms.settingsChanged();
    await settle();
    expect(world.connected()).toEqual([]);
  });

  test('follow their relay’s address, and leave the others alone', async () => {
    const world = await openRooms();
    world.rooms.setWanted(new Set(['one', 'two']));
    await settle();
    world.speak('one.test', hello(5));
    world.settings = { relays: [relayOf('one'), relayOf('two', { address: 'wss://new.test' })] };
    await world.rooms.settingsChanged();
    await settle();
    expect(world.connected()).toEqual(['new.test', 'one.test']);
    expect(world.room('one').store.status().relay.name).toBe('connected');
  });
});

describe('events are read', () => {
  test('by the map of the settings; those that gave no line, and no other, again when it changes', async () => {
    const world = await openRooms();
    const { store } = world.room('one');
    store.takeEvents([{ seq: 1, at: 1, data: strange }]);
    store.takeEvents(said('c1', 'understood', 2));
    expect([store.calls().has('c9'), store.status().unread.count]).toEqual([false, 1]);
    world.settings = { relays: [relayOf('one', { fieldMap: mapped }), relayOf('two')] };
    await world.rooms.settingsChanged();
    expect(store.calls().get('c9')?.entries).toMatchObject([{ text: 'read at last' }]);
    expect(store.calls().get('c1')?.entries).toHaveLength(1);
    expect(store.status().unread).toEqual({ count: 0, lastReason: undefined });
    expect(world.room('one').fieldMapOf()).toBe('own');
  });

  test('by the relay’s own map, unless the settings have one', async () => {
    const world = await openRooms();
    world.rooms.setWanted(new Set(['one']));
    await settle();
    const greeting = hello(5);
    if (greeting.type !== 'hello') throw new Error('no greeting');
    world.speak('one.test', { ...greeting, fieldMap: mapped });
    const room = world.room('one');
    room.store.takeEvents([{ seq: 1, at: 1, data: strange }]);
    expect(room.store.calls().get('c9')?.entries).toMatchObject([{ text: 'read at last' }]);
    expect([room.fieldMapOf(), room.relayFieldMap()]).toEqual(['relay', mapped]);
    expect(world.room('two').fieldMapOf()).toBe('none');
  });
});

test('the room that keeps the most gives way when all of them keep too much', async () => {
  const { clock, room } = await openRooms();
  const megabyte = (callid: string) =>
    Array.from({ length: 64 }, (_, at) => ({ seq: at, at, data: { callid, text: 'x'.repeat(16 * 1024) } }));
  room('two').store.takeEvents(megabyte('small'));
  await clock.elapse(1_000);
  for (let at = 1; at <= 8; at += 1) {
    room('one').store.takeEvents(megabyte(`c${at}`));
    room('one').store.takeEvents([{ seq: 99, at, data: { callid: `c${at}`, event: 'ended' } }]);
    await clock.elapse(1_000);
  }
  expect(room('two').store.calls().size).toBe(1);
  expect(room('one').store.calls().size).toBeLessThan(8);
  expect(room('two').store.status().forgottenCount).toBe(0);
});
