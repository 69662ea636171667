import { signal } from '@preact/signals';
import { describe, expect, test } from 'vitest';
import { createSitesList } from '../../../components/options/sites-list.ts';
import { decodeSettings, MAX_SITES, type Settings } from '../../../utils/settings/settings.ts';
import { settle } from '../background/hand-clock.ts';

const acme = 'https://acme.example';
const bolt = 'https://bolt.example';

function setUp(sites: readonly string[] = [], granted: readonly string[] = sites) {
  const held = signal<Settings>(
    decodeSettings({ sites: sites.map((origin) => ({ origin, relay: '' })), keepMinutes: 60 }),
  );
  const world = {
    held,
    granted: new Set(granted),
    asked: [] as (readonly string[])[],
    answer: async () => true,
    canStore: true,
  };
  const list = createSitesList({
    held,
    async change(update) {
      if (!world.canStore) throw new Error('QUOTA_BYTES quota exceeded');
      held.value = update(held.value);
    },
    async ask(origins) {
      world.asked.push(origins);
      const isAllowed = await world.answer();
      for (const origin of isAllowed ? origins : []) world.granted.add(origin);
      return isAllowed;
    },
    mayStandOn: async (origin) => world.granted.has(origin),
  });
  const origins = () => held.value.sites.map(({ origin }) => origin);
  return { world, list, origins };
}

describe('adding a site', () => {
  test('asks the browser in the click itself, for the origin of what was typed', async () => {
    const { world, list, origins } = setUp();
    const adding = list.add(' acme.example/tickets/1 ');
    expect(world.asked).toEqual([[acme]]);
    expect(await adding).toBeUndefined();
    expect(origins()).toEqual([acme]);
    await settle();
    expect([...(list.allowed.value ?? [])]).toEqual([acme]);
    expect(world.held.value.keepMinutes).toBe(60);
  });

  test.each([
    ['', 'empty'],
    ['our crm', 'not-an-address'],
    ['about:addons', 'browser-page'],
  ])('%j asks nothing: %s', async (typed, problem) => {
    const { world, list, origins } = setUp();
    expect(await list.add(typed)).toBe(problem);
    expect([world.asked, origins()]).toEqual([[], []]);
  });

  test('that the agent does not allow leaves the list as it was', async () => {
    const { world, list, origins } = setUp([bolt]);
    world.answer = async () => false;
    expect(await list.add(acme)).toBe('declined');
    expect(origins()).toEqual([bolt]);
  });

  test('that the browser does not even ask for is told apart', async () => {
    const { world, list, origins } = setUp();
    world.answer = () => Promise.reject(new Error('blocked by the administrator'));
    expect(await list.add(acme)).toBe('blocked');
    expect(origins()).toEqual([]);
  });

  test('that is in the list already asks again and lists it once', async () => {
    const { world, list, origins } = setUp([acme], []);
    expect(await list.add(acme)).toBeUndefined();
    expect([world.asked, origins()]).toEqual([[[acme]], [acme]]);
  });

  test('to a full list asks nothing', async () => {
    const full = Array.from({ length: MAX_SITES }, (_, n) => `https://site${n}.example`);
    const { world, list } = setUp(full);
    expect(await list.add(acme)).toBe('full');
    expect(world.asked).toEqual([]);
    expect(await list.add(full[0] ?? '')).toBeUndefined();
  });

  test('that cannot be stored is told', async () => {
    const { world, list } = setUp();
    world.canStore = false;
    expect(await list.add(acme)).toBe('not-stored');
  });
});

describe('what the browser allows', () => {
  test('is not known at first, and then tells which sites wait', async () => {
    const { list } = setUp([acme, bolt], [bolt]);
    expect([list.allowed.value, list.waiting.value]).toEqual([undefined, []]);
    await settle();
    expect(list.waiting.value).toEqual([acme]);
  });

  test('is asked for all that wait in one click', async () => {
    const { world, list } = setUp([acme, bolt], []);
    await settle();
    expect(await list.allow(list.waiting.value)).toBeUndefined();
    expect(world.asked).toEqual([[acme, bolt]]);
    expect(list.waiting.value).toEqual([]);
  });

  test('is looked at again when it changed elsewhere', async () => {
    const { world, list } = setUp([acme]);
    await settle();
    world.granted.clear();
    await list.look();
    expect(list.waiting.value).toEqual([acme]);
  });
});

describe('a site that is removed', () => {
  test('stands in its place until it is given up', async () => {
    const { list, origins } = setUp([acme, bolt]);
    await list.remove(acme);
    expect(origins()).toEqual([bolt]);
    expect(list.rows.value.map(({ item, isRemoved }) => [item.origin, isRemoved])).toEqual([
      [acme, true],
      [bolt, false],
    ]);
    list.forget(acme);
    expect(list.rows.value.map(({ item }) => item.origin)).toEqual([bolt]);
  });

  test('comes back to its place with its relay, and its permission is asked for in the click', async () => {
    const { world, list, origins } = setUp([acme, bolt]);
    await list.setRelay(acme, 'r2');
    await list.remove(acme);
    world.granted.delete(acme);
    const restoring = list.restore(acme);
    expect(world.asked).toEqual([[acme]]);
    expect(await restoring).toBeUndefined();
    expect(origins()).toEqual([acme, bolt]);
    expect(world.held.value.sites[0]).toEqual({ origin: acme, relay: 'r2' });
    expect(list.rows.value.every(({ isRemoved }) => !isRemoved)).toBe(true);
  });

  test('comes back without its permission where the agent declines, and waits for it', async () => {
    const { world, list, origins } = setUp([acme]);
    await list.remove(acme);
    world.granted.clear();
    world.answer = async () => false;
    await list.restore(acme);
    await settle();
    expect([origins(), list.waiting.value]).toEqual([[acme], [acme]]);
  });

  test('that cannot be stored stays where it is', async () => {
    const { world, list } = setUp([acme]);
    world.canStore = false;
    expect(await list.remove(acme)).toBe('not-stored');
    expect(list.rows.value.map(({ isRemoved }) => isRemoved)).toEqual([false]);
  });
});
