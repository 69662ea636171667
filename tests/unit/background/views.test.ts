import { describe, expect, test } from 'vitest';
import { createViews, tabPlace } from '../../../entrypoints/background/views.ts';
import type { View } from '../../../utils/messaging/surface.ts';
import type { Area } from '../../../utils/storage/area.ts';
import { createHandClock, settle } from './hand-clock.ts';
import { createMemoryArea } from './memory-area.ts';

const WRITE_EVERY_MS = 500;

function viewOf(callId: string, given: Partial<View> = {}): View {
  return { callId, mode: 'record', collapsed: false, ...given };
}

function setUp(area: Area = createMemoryArea()) {
  const clock = createHandClock();
  return { clock, views: createViews(area, clock.setTimer) };
}

/** What another life of the worker finds. */
async function reborn(area: Area) {
  const { views } = setUp(area);
  await views.ready;
  return views;
}

describe('what was read', () => {
  test('is known by its place, and by no other', async () => {
    const { views } = setUp();
    await views.ready;
    views.put(tabPlace(1), viewOf('c1'));
    views.put('panel', viewOf('c2'));
    expect(views.get(tabPlace(1))).toEqual(viewOf('c1'));
    expect(views.get('panel')).toEqual(viewOf('c2'));
    expect(views.get(tabPlace(2))).toBeUndefined();
    expect(views.get('window')).toBeUndefined();
  });

  test('is the last that was told', async () => {
    const { views } = setUp();
    await views.ready;
    views.put('panel', viewOf('c1'));
    views.put('panel', viewOf('c2'));
    expect(views.get('panel')).toEqual(viewOf('c2'));
  });

  test('outlives the worker, whole', async () => {
    const area = createMemoryArea();
    const { clock, views } = setUp(area);
    await views.ready;
    const whole = viewOf('c1', {
      mode: 'pinned',
      anchor: { index: 7, offsetPx: -3 },
      search: 'card',
      collapsed: true,
    });
    views.put(tabPlace(1), whole);
    await clock.elapse(WRITE_EVERY_MS);
    expect((await reborn(area)).get(tabPlace(1))).toEqual(whole);
  });

  test('that is dropped is gone, also from the storage', async () => {
    const area = createMemoryArea();
    const { clock, views } = setUp(area);
    await views.ready;
    views.put(tabPlace(1), viewOf('c1'));
    views.put(tabPlace(2), viewOf('c2'));
    await clock.elapse(WRITE_EVERY_MS);
    views.drop(tabPlace(1));
    await clock.elapse(WRITE_EVERY_MS);
    expect(views.get(tabPlace(1))).toBeUndefined();
    const next = await reborn(area);
    expect([next.get(tabPlace(1)), next.get(tabPlace(2))]).toEqual([undefined, viewOf('c2')]);
  });

  test('of many tabs is known for those read last', async () => {
    const { views } = setUp();
    await views.ready;
    for (let tabId = 0; tabId < 200; tabId += 1) views.put(tabPlace(tabId), viewOf(`c${tabId}`));
    views.put(tabPlace(0), viewOf('c0'));
    for (let tabId = 200; tabId < 250; tabId += 1) views.put(tabPlace(tabId), viewOf(`c${tabId}`));
    const known = Array.from({ length: 250 }, (_, tabId) => tabId).filter(
      (tabId) => views.get(tabPlace(tabId)) !== undefined,
    );
    expect(known).toEqual([0, ...Array.from({ length: 199 }, (_, at) => 51 + at)]);
  });
});

describe('the storage', () => {
  test('is written once for many steps', async () => {
    const area = createMemoryArea();
    const { clock, views } = setUp(area);
    await views.ready;
    for (let step = 0; step < 20; step += 1) views.put('panel', viewOf(`c${step}`));
    await clock.elapse(WRITE_EVERY_MS);
    expect(area.writes).toHaveLength(1);
    expect((await reborn(area)).get('panel')).toEqual(viewOf('c19'));
  });

  test('is left alone when nothing was dropped', async () => {
    const area = createMemoryArea();
    const { clock, views } = setUp(area);
    await views.ready;
    views.drop('never there');
    await clock.elapse(10 * WRITE_EVERY_MS);
    expect(area.writes).toEqual([]);
  });

  test('without room costs nothing but the next life, and is written when there is some', async () => {
    const area = createMemoryArea();
    const { clock, views } = setUp(area);
    await views.ready;
    area.full = true;
    views.put('panel', viewOf('c1'));
    await clock.elapse(WRITE_EVERY_MS);
    expect(views.get('panel')).toEqual(viewOf('c1'));
    area.full = false;
    views.put('window', viewOf('c2'));
    await clock.elapse(WRITE_EVERY_MS);
    const next = await reborn(area);
    expect([next.get('panel'), next.get('window')]).toEqual([viewOf('c1'), viewOf('c2')]);
  });

  test('that cannot be read is as good as empty', async () => {
    const area = createMemoryArea();
    const read = () => Promise.reject(new Error('the disk is gone'));
    const { views } = setUp({ ...area, read });
    await expect(views.ready).resolves.toBeUndefined();
    views.put('panel', viewOf('c1'));
    expect(views.get('panel')).toEqual(viewOf('c1'));
  });

  test.each([[undefined], [5], ['junk'], [{}], [[['panel']]], [[['panel', { mode: 'x' }]]]])(
    'in which %j stands is as good as empty',
    async (stored) => {
      const views = await reborn(createMemoryArea({ views: stored }));
      expect(views.get('panel')).toBeUndefined();
    },
  );
});

describe('before the storage is read', () => {
  /** Its values come when the gate opens. */
  function slowArea() {
    const area = createMemoryArea({
      views: [
        [tabPlace(1), viewOf('old 1')],
        [tabPlace(2), viewOf('old 2')],
      ],
    });
    const gate = Promise.withResolvers<void>();
    const read: Area['read'] = async (keys) => {
      const values = await area.read(keys);
      await gate.promise;
      return values;
    };
    return { area: { ...area, read }, open: gate.resolve };
  }

  test('what is told is newer than what was kept', async () => {
    const { area, open } = slowArea();
    const { views } = setUp(area);
    views.put(tabPlace(1), viewOf('new'));
    open();
    await views.ready;
    expect([views.get(tabPlace(1)), views.get(tabPlace(2))]).toEqual([viewOf('new'), viewOf('old 2')]);
  });

  test('what is dropped stays dropped', async () => {
    const { area, open } = slowArea();
    const { views } = setUp(area);
    views.drop(tabPlace(1));
    open();
    await views.ready;
    await settle();
    expect([views.get(tabPlace(1)), views.get(tabPlace(2))]).toEqual([undefined, viewOf('old 2')]);
  });
});
