import { describe, expect, test } from 'vitest';
import { createSiteTabs } from '../../../entrypoints/background/site-tabs.ts';
import { createTabToggle, type TabState } from '../../../entrypoints/background/tab-toggle.ts';
import type { ToOverlay } from '../../../utils/messaging/overlay-messages.ts';
import { settle } from './hand-clock.ts';
import { createMemoryArea, type MemoryArea } from './memory-area.ts';

/** Tabs of a browser: which of them hold an overlay, and which let one in. */
function createTabs() {
  const overlays = new Set<number>();
  const shut = new Set<number>();
  /** The sites that open the sidebar by themselves, by the tabs that show them. */
  const sites = new Map<number, string>();
  /** The origins of other pages, where the browser tells them. */
  const others = new Map<number, string>();
  const done: string[] = [];
  return {
    overlays,
    shut,
    sites,
    others,
    /** What was done to tabs, in order. */
    done,
    async inject(tabId: number): Promise<void> {
      done.push(`inject ${tabId}`);
      await settle();
      if (shut.has(tabId)) throw new Error('Cannot access contents of the page');
      overlays.add(tabId);
    },
    async tell(tabId: number, message: ToOverlay): Promise<boolean> {
      await settle();
      if (message.type === 'overlay:probe') return overlays.has(tabId);
      done.push(`remove ${tabId}`);
      return overlays.delete(tabId);
    },
  };
}

function setUp(area: MemoryArea = createMemoryArea(), browser = createTabs()) {
  const changes: [number, TabState | 'off'][] = [];
  /** How many tabs were on at each change. */
  const onCounts: number[] = [];
  const siteTabs = createSiteTabs(area);
  const toggle = createTabToggle({
    area,
    siteTabs,
    siteOf: async (tabId) => browser.sites.get(tabId),
    originOf: async (tabId) => browser.sites.get(tabId) ?? browser.others.get(tabId),
    inject: browser.inject,
    tell: browser.tell,
    pause: settle,
    changed(tabId, state) {
      changes.push([tabId, state]);
      onCounts.push([...toggle.tabs().values()].filter((known) => known === 'on').length);
    },
  });
  return { area, browser, siteTabs, toggle, changes, onCounts };
}

describe('a click', () => {
  test('puts the sidebar into that tab and no other', async () => {
    const { browser, toggle, changes } = setUp();
    await toggle.toggle(1);
    expect([toggle.isOn(1), toggle.isOn(2)]).toEqual([true, false]);
    expect([...browser.overlays]).toEqual([1]);
    expect(changes).toEqual([[1, 'on']]);
  });

  test('takes it out of that tab and no other', async () => {
    const { browser, toggle, changes } = setUp();
    await toggle.toggle(1);
    await toggle.toggle(2);
    await toggle.toggle(1);
    expect([toggle.isOn(1), toggle.isOn(2)]).toEqual([false, true]);
    expect([...browser.overlays]).toEqual([2]);
    expect(changes.at(-1)).toEqual([1, 'off']);
    expect([...toggle.tabs()]).toEqual([[2, 'on']]);
  });

  test.each([
    [2, false],
    [3, true],
    [4, false],
    [5, true],
  ])('%d times at once, it is on: %j', async (times, on) => {
    const { browser, toggle } = setUp();
    await Promise.all(Array.from({ length: times }, () => toggle.toggle(1)));
    expect(toggle.isOn(1)).toBe(on);
    expect(browser.overlays.has(1)).toBe(on);
    expect(browser.done.filter((step) => step === 'inject 1')).toHaveLength(Math.ceil(times / 2));
  });

  test('finds an overlay that is still up and injects none beside it', async () => {
    const { browser, toggle, changes } = setUp();
    browser.overlays.add(1);
    await toggle.toggle(1);
    expect(browser.done).toEqual([]);
    expect(changes).toEqual([[1, 'on']]);
  });

  test('on a page that lets no extension in is refused, and the next click tries again', async () => {
    const { browser, toggle, changes } = setUp();
    browser.shut.add(1);
    await toggle.toggle(1);
    expect(toggle.tabs().get(1)).toBe('refused');
    expect(toggle.isOn(1)).toBe(false);
    browser.shut.delete(1);
    await toggle.toggle(1);
    expect(changes).toEqual([
      [1, 'refused'],
      [1, 'on'],
    ]);
  });

  test('counts the tab as on before its injection is reported, so that its port is taken', async () => {
    const { browser, toggle } = setUp();
    const clicked = toggle.toggle(1);
    while (!browser.done.includes('inject 1')) await settle();
    expect(toggle.isOn(1)).toBe(true);
    await clicked;
  });

  test('works in every tab while another one hangs', async () => {
    const tabs = createTabs();
    const tell = (tabId: number, message: ToOverlay) =>
      tabId === 1 ? new Promise<boolean>(() => {}) : tabs.tell(tabId, message);
    const area = createMemoryArea();
    const toggle = createTabToggle({
      area,
      siteTabs: createSiteTabs(area),
      siteOf: async () => undefined,
      originOf: async () => undefined,
      inject: tabs.inject,
      tell,
      pause: settle,
      changed() {},
    });
    void toggle.toggle(1);
    await toggle.toggle(2);
    expect(toggle.isOn(2)).toBe(true);
  });

  test('whose grant comes late is not refused', async () => {
    const { browser, toggle, changes } = setUp();
    browser.shut.add(1);
    const toggled = toggle.toggle(1);
    await settle();
    await settle();
    browser.shut.delete(1);
    await toggled;
    expect(changes).toEqual([[1, 'on']]);
  });

  test('in the sidebar closes it, also twice', async () => {
    const { browser, toggle } = setUp();
    await toggle.toggle(1);
    await Promise.all([toggle.close(1), toggle.close(1)]);
    expect(toggle.isOn(1)).toBe(false);
    expect([...browser.overlays]).toEqual([]);
  });
});

describe('opened from elsewhere', () => {
  test('it is put into that tab, and that is told', async () => {
    const { browser, toggle, changes } = setUp();
    expect(await toggle.open(1)).toBe(true);
    expect([...browser.overlays]).toEqual([1]);
    expect(changes).toEqual([[1, 'on']]);
  });

  test('it stays where it is already, untouched', async () => {
    const { browser, toggle, changes } = setUp();
    await toggle.toggle(1);
    browser.done.length = 0;
    changes.length = 0;
    expect(await toggle.open(1)).toBe(true);
    expect([browser.done, changes]).toEqual([[], []]);
  });

  test('it is refused by a page that lets nobody in, and that is told', async () => {
    const { browser, toggle } = setUp();
    browser.shut.add(1);
    expect(await toggle.open(1)).toBe(false);
    expect(toggle.tabs().get(1)).toBe('refused');
    browser.shut.delete(1);
    expect(await toggle.open(1)).toBe(true);
  });

  test('twice at once, it is there once', async () => {
    const { browser, toggle } = setUp();
    expect(await Promise.all([toggle.open(1), toggle.open(1)])).toEqual([true, true]);
    expect(browser.done).toEqual(['inject 1']);
  });

  test('and then clicked, it is off', async () => {
    const { browser, toggle } = setUp();
    await Promise.all([toggle.open(1), toggle.toggle(1)]);
    expect([toggle.isOn(1), [...browser.overlays]]).toEqual([false, []]);
  });

  test('it waits for what an earlier life of the worker kept', async () => {
    const { area, browser, toggle } = setUp();
    await toggle.toggle(1);
    browser.done.length = 0;
    const next = setUp(area, browser);
    expect(await next.toggle.open(1)).toBe(true);
    expect(browser.done).toEqual([]);
  });
});

describe('a new document in the tab', () => {
  test('gets the sidebar again', async () => {
    const { browser, toggle } = setUp();
    await toggle.toggle(1);
    browser.overlays.clear();
    await toggle.restore(1);
    expect([...browser.overlays]).toEqual([1]);
    expect(toggle.isOn(1)).toBe(true);
  });

  test('gets it once, however often its loading is reported', async () => {
    const { browser, toggle } = setUp();
    await toggle.toggle(1);
    browser.overlays.clear();
    browser.done.length = 0;
    await Promise.all([toggle.restore(1), toggle.restore(1), toggle.restore(1)]);
    expect(browser.done).toEqual(['inject 1']);
  });

  test('gets none in a tab that is off', async () => {
    const { browser, toggle, changes } = setUp();
    await toggle.restore(1);
    expect(browser.done).toEqual([]);
    expect(changes).toEqual([]);
  });

  test('of another site is left alone, and its way back gets the sidebar again', async () => {
    const { browser, toggle, changes } = setUp();
    await toggle.toggle(1);
    browser.overlays.clear();
    browser.shut.add(1);
    await toggle.restore(1);
    expect(toggle.tabs().get(1)).toBe('left');
    expect(toggle.isOn(1)).toBe(false);
    browser.shut.delete(1);
    await toggle.restore(1);
    expect(changes.map(([, state]) => state)).toEqual(['on', 'left', 'on']);
    expect([...browser.overlays]).toEqual([1]);
  });

  test('of another site takes a click as a new permission', async () => {
    const { browser, toggle } = setUp();
    await toggle.toggle(1);
    browser.overlays.clear();
    browser.shut.add(1);
    await toggle.restore(1);
    browser.shut.clear();
    await toggle.toggle(1);
    expect(toggle.isOn(1)).toBe(true);
  });

  test.each([
    [1, true],
    [2, false],
  ])(
    'without the sidebar has it by a click that comes while it is tried: %d clicks',
    async (clicks, isOn) => {
      const { browser, toggle } = setUp();
      await toggle.toggle(1);
      browser.overlays.clear();
      browser.shut.add(1);
      browser.done.length = 0;
      const trying = toggle.restore(1);
      while (browser.done.length === 0) await settle();
      browser.shut.clear();
      await Promise.all([trying, ...Array.from({ length: clicks }, () => toggle.toggle(1))]);
      expect(toggle.isOn(1)).toBe(isOn);
      expect(browser.overlays.has(1)).toBe(isOn);
    },
  );
});

describe('the tabs outlive the worker', () => {
  test('as they were, with what was left and refused', async () => {
    const { area, browser, toggle } = setUp();
    browser.shut.add(2).add(3);
    await toggle.toggle(1);
    await toggle.toggle(2);
    browser.shut.delete(3);
    await toggle.toggle(3);
    browser.overlays.delete(3);
    browser.shut.add(3);
    await toggle.restore(3);
    const next = setUp(area, browser);
    await next.toggle.ready;
    expect([...next.toggle.tabs()]).toEqual([
      [1, 'on'],
      [2, 'refused'],
      [3, 'left'],
    ]);
    await next.toggle.toggle(1);
    expect(browser.overlays.has(1)).toBe(false);
  });

  test('a click that wakes the worker waits for them', async () => {
    const { area, browser, toggle } = setUp();
    await toggle.toggle(1);
    const next = setUp(area, browser);
    await next.toggle.toggle(1);
    expect(next.toggle.isOn(1)).toBe(false);
    expect([...browser.overlays]).toEqual([]);
  });

  test.each([[undefined], [5], ['on'], [[['1', 'on']]], [[[1, 'perhaps']]], [{ 1: 'on' }]])(
    'what stands there as %j counts as no tab',
    async (stored) => {
      const { toggle } = setUp(createMemoryArea({ tabs: stored }));
      await toggle.toggle(7);
      expect([...toggle.tabs()]).toEqual([[7, 'on']]);
    },
  );

  test('without room to keep it a click still works', async () => {
    const { area, browser, toggle, changes } = setUp();
    area.full = true;
    await toggle.toggle(1).catch(() => {});
    expect(changes).toEqual([[1, 'on']]);
    await toggle.close(1).catch(() => {});
    expect([...browser.overlays]).toEqual([]);
    expect(changes.at(-1)).toEqual([1, 'off']);
  });

  test('a write that failed does not stop the clicks after it', async () => {
    const { area, toggle } = setUp();
    area.full = true;
    await toggle.toggle(1).catch(() => {});
    area.full = false;
    await toggle.toggle(2);
    expect(toggle.isOn(2)).toBe(true);
  });
});

describe('the end of a tab', () => {
  test('is the end of its sidebar, also in the storage', async () => {
    const { area, toggle, changes } = setUp();
    await toggle.toggle(1);
    await toggle.forget(1);
    expect([...toggle.tabs()]).toEqual([]);
    expect(changes.at(-1)).toEqual([1, 'off']);
    expect(area.values.get('tabs')).toEqual([]);
  });

  test('that had none changes nothing', async () => {
    const { area, toggle, changes } = setUp();
    await toggle.forget(1);
    expect(changes).toEqual([]);
    expect(area.writes).toEqual([]);
  });

  test.each<TabState>(['on', 'left', 'refused'])('that is replaced hands on that it is %s', async (state) => {
    const { area, toggle, changes } = setUp(createMemoryArea({ tabs: [[1, state]] }));
    await toggle.move(9, 1);
    expect([...toggle.tabs()]).toEqual([[9, state]]);
    expect(area.values.get('tabs')).toEqual([[9, state]]);
    expect(changes).toContainEqual([1, 'off']);
    expect(changes).toContainEqual([9, state]);
  });

  test('that is replaced never looks as if the last sidebar were gone', async () => {
    const { toggle, onCounts } = setUp(createMemoryArea({ tabs: [[1, 'on']] }));
    await toggle.move(9, 1);
    expect(Math.min(...onCounts)).toBeGreaterThan(0);
  });

  test('that was off and is replaced changes nothing', async () => {
    const { toggle, changes } = setUp();
    await toggle.move(9, 1);
    expect(changes).toEqual([]);
  });
});

describe('a site where it opens by itself', () => {
  const acme = 'https://acme.example';
  const other = 'https://other.example';

  /** A tab that shows a page of `site`, whose own script has just been put there by the browser. */
  function arriveAt({ browser, toggle }: ReturnType<typeof setUp>, tabId: number, site: string | undefined) {
    if (site === undefined) browser.sites.delete(tabId);
    else browser.sites.set(tabId, site);
    if (site !== undefined) browser.overlays.add(tabId);
    return toggle.arrive(tabId);
  }

  /** The tab goes to another page, of which the browser tells when it begins to load. */
  async function goTo(world: ReturnType<typeof setUp>, tabId: number, site: string | undefined) {
    world.browser.overlays.delete(tabId);
    if (site === undefined) {
      world.browser.sites.delete(tabId);
      world.browser.shut.add(tabId);
    } else {
      world.browser.sites.set(tabId, site);
      world.browser.shut.delete(tabId);
    }
    await world.toggle.restore(tabId);
  }

  test('has it on without a click, and injects nothing beside its own script', async () => {
    const world = setUp();
    expect(await arriveAt(world, 1, acme)).toBe(true);
    expect(world.changes).toEqual([[1, 'on']]);
    expect(world.browser.done).toEqual([]);
  });

  test('has it on again after a reload, an in-site navigation and the death of the worker', async () => {
    const world = setUp();
    await arriveAt(world, 1, acme);
    await goTo(world, 1, acme);
    expect(world.toggle.isOn(1)).toBe(true);
    const next = setUp(world.area, world.browser);
    await goTo(next, 1, acme);
    expect(next.toggle.isOn(1)).toBe(true);
    expect([...next.browser.overlays]).toEqual([1]);
  });

  test('that was turned off in a tab stays off there, also after the death of the worker', async () => {
    const world = setUp();
    await arriveAt(world, 1, acme);
    await world.toggle.toggle(1);
    expect(await arriveAt(world, 1, acme)).toBe(false);
    const next = setUp(world.area, world.browser);
    expect(await arriveAt(next, 1, acme)).toBe(false);
    expect([next.toggle.isOn(1), [...next.toggle.tabs()]]).toEqual([false, []]);
    expect(await arriveAt(next, 2, acme)).toBe(true);
  });

  test('that was turned off in the sidebar itself stays off there', async () => {
    const world = setUp();
    await arriveAt(world, 1, acme);
    await world.toggle.close(1);
    expect(await arriveAt(world, 1, acme)).toBe(false);
  });

  test('that was turned off in a tab is on there again after a click', async () => {
    const world = setUp();
    await arriveAt(world, 1, acme);
    await world.toggle.toggle(1);
    await world.toggle.toggle(1);
    await goTo(world, 1, acme);
    expect(world.toggle.isOn(1)).toBe(true);
    world.browser.overlays.clear();
    await world.toggle.forget(1);
    expect(await arriveAt(world, 1, acme)).toBe(true);
  });

  test('is turned off for itself: another site in the same tab has it on', async () => {
    const world = setUp();
    await arriveAt(world, 1, acme);
    await world.toggle.toggle(1);
    expect(await arriveAt(world, 1, other)).toBe(true);
    await world.toggle.toggle(1);
    expect(await arriveAt(world, 1, acme)).toBe(false);
    expect(await arriveAt(world, 1, other)).toBe(false);
  });

  test('leaves nothing behind when the tab goes elsewhere, and says nothing of it', async () => {
    const world = setUp();
    await arriveAt(world, 1, acme);
    await goTo(world, 1, undefined);
    expect(world.changes).toEqual([
      [1, 'on'],
      [1, 'off'],
    ]);
    expect(world.browser.done).toEqual([]);
    expect(world.siteTabs.openedAt(1)).toBe(acme);
    world.browser.shut.delete(1);
    expect(await arriveAt(world, 1, acme)).toBe(true);
  });

  test('leaves nothing behind elsewhere, also where the browser would let it in', async () => {
    const world = setUp();
    await arriveAt(world, 1, acme);
    world.browser.overlays.delete(1);
    world.browser.sites.delete(1);
    await world.toggle.restore(1);
    expect([world.toggle.isOn(1), world.browser.done]).toEqual([false, []]);
  });

  test.each(['its script is first', 'the browser is first'])(
    'has a script on another port of its host in Firefox, which does not stay: %s',
    async (first) => {
      const world = setUp();
      await arriveAt(world, 1, acme);
      world.browser.sites.delete(1);
      world.browser.others.set(1, 'https://acme.example:8443');
      if (first === 'the browser is first') await world.toggle.restore(1);
      expect(await world.toggle.arrive(1)).toBe(false);
      await world.toggle.restore(1);
      expect([world.toggle.isOn(1), world.changes.at(-1)]).toEqual([false, [1, 'off']]);
      expect(await arriveAt(world, 1, acme)).toBe(true);
    },
  );

  test('is another one than before in the same tab: it is on there too', async () => {
    const world = setUp();
    await arriveAt(world, 1, acme);
    expect(await arriveAt(world, 1, other)).toBe(true);
    expect(world.siteTabs.openedAt(1)).toBe(other);
  });

  test('that is no longer one keeps what is open until the page is left', async () => {
    const world = setUp();
    await arriveAt(world, 1, acme);
    world.browser.sites.delete(1);
    await world.toggle.restore(1);
    expect(world.toggle.isOn(1)).toBe(true);
    await goTo(world, 1, undefined);
    expect(world.toggle.isOn(1)).toBe(false);
  });

  test('that is none has nothing on, and a tab that was on by a click stays as it is', async () => {
    const world = setUp();
    expect(await arriveAt(world, 1, undefined)).toBe(false);
    expect(world.changes).toEqual([]);
    await world.toggle.toggle(2);
    expect(await arriveAt(world, 2, undefined)).toBe(true);
  });

  test('takes over a tab that was left by a click elsewhere', async () => {
    const world = setUp(createMemoryArea({ tabs: [[1, 'left']] }));
    expect(await arriveAt(world, 1, acme)).toBe(true);
  });

  test('is on once, however often its script and the click ask', async () => {
    const world = setUp();
    world.browser.sites.set(1, acme);
    await Promise.all([world.toggle.open(1), world.toggle.arrive(1), world.toggle.arrive(1)]);
    expect(world.browser.done).toEqual(['inject 1']);
    expect(world.toggle.isOn(1)).toBe(true);
  });

  test('ends with the tab, and moves with it', async () => {
    const world = setUp();
    await arriveAt(world, 1, acme);
    await arriveAt(world, 2, acme);
    await world.toggle.close(2);
    await world.toggle.move(9, 2);
    expect(await arriveAt(world, 9, acme)).toBe(false);
    await world.toggle.forget(1);
    await world.toggle.forget(9);
    expect(world.area.values.get('site-tabs')).toEqual([]);
    expect(world.changes.at(-1)).toEqual([1, 'off']);
  });
});
