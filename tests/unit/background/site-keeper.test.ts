import { describe, expect, test } from 'vitest';
import { createSiteKeeper } from '../../../entrypoints/background/site-keeper.ts';
import { settle } from './hand-clock.ts';
import { createMemoryArea, type MemoryArea } from './memory-area.ts';

const acme = 'https://acme.example';
const bolt = 'https://bolt.example';
const local = 'http://127.0.0.1:8080';

/** A browser's settings, permissions and tabs, as they outlive the worker. */
function createWorld(area: MemoryArea = createMemoryArea()) {
  return {
    area,
    sites: [] as string[],
    granted: new Set<string>(),
    tabs: new Map<string, number[]>(),
    registered: [] as readonly string[],
    givenBack: [] as [readonly string[], readonly string[]][],
    opened: [] as number[],
    changes: 0,
    /** While `true`, the browser registers nothing. */
    broken: false,
  };
}

function start(world: ReturnType<typeof createWorld>) {
  return createSiteKeeper({
    area: world.area,
    readSites: async () => world.sites,
    mayStandOn: async (origin) => world.granted.has(origin),
    async register(origins) {
      if (world.broken) throw new Error('An unexpected error occurred');
      world.registered = origins;
    },
    async giveBack(origins, kept) {
      world.givenBack.push([origins, kept]);
      for (const origin of origins) world.granted.delete(origin);
    },
    tabsOf: async (origin) => world.tabs.get(origin) ?? [],
    open: async (tabId) => world.opened.push(tabId),
    changed() {
      world.changes += 1;
    },
  });
}

async function look(keeper: ReturnType<typeof start>): Promise<void> {
  await keeper.look();
  await settle();
}

describe('the script is registered', () => {
  test.each([
    ['a site that was allowed', [acme], [acme], [acme]],
    ['a site that was not allowed', [acme], [], []],
    ['a permission without a site', [], [acme], []],
    ['two sites of which one was allowed', [acme, bolt], [bolt], [bolt]],
    ['an origin with a port', [local], [local], [local]],
    ['an origin that is no site', ['https://*', 'nonsense'], ['https://*', 'nonsense'], []],
  ])('for %s', async (_, sites, granted, expected) => {
    const world = createWorld();
    Object.assign(world, { sites, granted: new Set(granted) });
    const keeper = start(world);
    await keeper.ready;
    expect(world.registered).toEqual(expected);
    expect([acme, bolt, local].filter((origin) => keeper.siteAt(`${origin}/a`) === origin)).toEqual(expected);
  });
});

test.each([
  ['https://acme.example/tickets/1?x=1', acme],
  ['https://acme.example:8443/', undefined],
  ['http://acme.example/', undefined],
  ['https://www.acme.example/', undefined],
  ['about:blank', undefined],
  [undefined, undefined],
])('a page at %s belongs to %s', async (url, site) => {
  const world = createWorld();
  Object.assign(world, { sites: [acme], granted: new Set([acme]) });
  const keeper = start(world);
  await keeper.ready;
  expect(keeper.siteAt(url)).toBe(site);
});

describe('a site that is new', () => {
  test('has the sidebar in its open tabs at once, and in no others', async () => {
    const world = createWorld();
    world.tabs.set(acme, [1, 2]).set(bolt, [3]);
    const keeper = start(world);
    await look(keeper);
    world.sites = [acme];
    world.granted.add(acme);
    await look(keeper);
    expect(world.opened).toEqual([1, 2]);
    expect(world.changes).toBe(1);
  });

  test('waits for its permission, whichever comes first', async () => {
    const world = createWorld();
    world.tabs.set(acme, [1]);
    const keeper = start(world);
    world.sites = [acme];
    await look(keeper);
    expect([world.registered, world.opened]).toEqual([[], []]);
    world.granted.add(acme);
    await look(keeper);
    expect([world.registered, world.opened]).toEqual([[acme], [1]]);
  });

  test('is new once: not again in the next life of the worker', async () => {
    const world = createWorld();
    world.tabs.set(acme, [1]);
    Object.assign(world, { sites: [acme], granted: new Set([acme]) });
    await look(start(world));
    await look(start(world));
    expect(world.opened).toEqual([1]);
    expect(world.changes).toBe(1);
  });
});

describe('a site that is removed', () => {
  test('is no longer registered, and its permission is given back', async () => {
    const world = createWorld();
    Object.assign(world, { sites: [acme, bolt], granted: new Set([acme, bolt]) });
    const keeper = start(world);
    await look(keeper);
    world.sites = [bolt];
    await look(keeper);
    expect(world.registered).toEqual([bolt]);
    expect(world.givenBack).toEqual([[[acme], [bolt]]]);
  });

  test('while the worker was dead is given back at its next start', async () => {
    const world = createWorld();
    Object.assign(world, { sites: [acme], granted: new Set([acme]) });
    await look(start(world));
    world.sites = [];
    await look(start(world));
    expect(world.givenBack).toEqual([[[acme], []]]);
  });

  test('is new again when it comes back', async () => {
    const world = createWorld();
    world.tabs.set(acme, [1]);
    Object.assign(world, { sites: [acme], granted: new Set([acme]) });
    const keeper = start(world);
    await look(keeper);
    world.sites = [];
    await look(keeper);
    world.sites = [acme];
    world.granted.add(acme);
    await look(keeper);
    expect([world.registered, world.opened]).toEqual([[acme], [1, 1]]);
  });
});

describe('a permission that was taken away in the browser', () => {
  test('ends the registration; the site stays in the settings, and nothing is given back', async () => {
    const world = createWorld();
    Object.assign(world, { sites: [acme, bolt], granted: new Set([acme, bolt]) });
    const keeper = start(world);
    await look(keeper);
    world.granted.delete(acme);
    await look(keeper);
    expect([world.registered, world.givenBack]).toEqual([[bolt], []]);
    expect(keeper.siteAt(acme)).toBeUndefined();
    world.granted.add(acme);
    await look(keeper);
    expect(world.registered).toEqual([acme, bolt]);
  });
});

describe('what can go wrong', () => {
  test('a browser that registers nothing now is asked again at the next look', async () => {
    const world = createWorld();
    world.broken = true;
    world.tabs.set(acme, [1]);
    Object.assign(world, { sites: [acme], granted: new Set([acme]) });
    const keeper = start(world);
    await keeper.ready;
    expect(keeper.siteAt(acme)).toBeUndefined();
    world.broken = false;
    await look(keeper);
    expect([world.registered, world.opened]).toEqual([[acme], [1]]);
  });

  test.each([[undefined], [5], [{ listed: 'x' }], [[acme]]])(
    'a storage that holds %j counts as a first start',
    async (stored) => {
      const world = createWorld(createMemoryArea({ sites: stored }));
      world.tabs.set(acme, [1]);
      Object.assign(world, { sites: [acme], granted: new Set([acme]) });
      await look(start(world));
      expect(world.opened).toEqual([1]);
    },
  );

  test('without room to keep it the sites are open all the same', async () => {
    const world = createWorld();
    world.area.full = true;
    Object.assign(world, { sites: [acme], granted: new Set([acme]) });
    const keeper = start(world);
    await keeper.ready;
    expect(keeper.siteAt(acme)).toBe(acme);
  });
});
