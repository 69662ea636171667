import { describe, expect, test } from 'vitest';
import { decodePolicy } from '../../../utils/settings/policy.ts';
import { decodePreferences } from '../../../utils/settings/preferences.ts';
import { createPreferencesStore, PREFERENCES_KEY } from '../../../utils/settings/preferences-store.ts';
import type { Area } from '../../../utils/storage/area.ts';
import { createMemoryArea } from '../background/memory-area.ts';

const defaults = decodePreferences(undefined);
const noPolicy = async () => decodePolicy(undefined);

function setUp(stored?: unknown) {
  const area = createMemoryArea(stored === undefined ? {} : { [PREFERENCES_KEY]: stored });
  return { area, store: createPreferencesStore(area, noPolicy) };
}

describe('preferences', () => {
  test('are the defaults before anybody changed any', async () => {
    expect(await setUp().store.read()).toEqual(defaults);
  });

  test('that are changed are read, and the others stay', async () => {
    const { area, store } = setUp({ theme: 'dark', width: 400 });
    await store.change({ side: 'left' });
    const expected = { ...defaults, theme: 'dark', width: 400, side: 'left' };
    expect(await store.read()).toEqual(expected);
    expect(await createPreferencesStore(area, noPolicy).read()).toEqual(expected);
  });

  test('changed at once are all kept, and of one that is changed twice the last', async () => {
    const { store } = setUp();
    const width = (px: number) => store.change({ width: px });
    await Promise.all([
      store.change({ theme: 'dark' }),
      width(300),
      store.change({ side: 'left' }),
      width(500),
    ]);
    expect(await store.read()).toEqual({ ...defaults, theme: 'dark', side: 'left', width: 500 });
  });

  test('changed by one page stay when another page changes others afterwards', async () => {
    const { area, store } = setUp();
    const other = createPreferencesStore(area, noPolicy);
    await other.read();
    await store.change({ theme: 'dark' });
    await other.change({ side: 'left' });
    await store.change({ room: 'over' });
    expect(await other.read()).toEqual({ ...defaults, theme: 'dark', side: 'left', room: 'over' });
  });

  test('lose nothing to a change of a storage in which one is not understood', async () => {
    const { store } = setUp({ theme: 'pink', width: 400 });
    await store.change({ side: 'left' });
    expect(await store.read()).toEqual({ ...defaults, width: 400, side: 'left' });
  });

  test('of a newer version stay as they are stored when others change', async () => {
    const stored = { theme: 'sepia', zoom: 2, profiles: [{ id: 'p1', kind: 'of tomorrow' }] };
    const { area, store } = setUp(stored);
    await store.change({ side: 'left' });
    expect(area.values.get(PREFERENCES_KEY)).toEqual({ ...stored, side: 'left' });
  });

  test.each([[null], ['junk'], [5], [['x']]])('that stand there as %j can be changed', async (stored) => {
    const { store } = setUp(stored);
    await store.change({ side: 'left' });
    expect(await store.read()).toEqual({ ...defaults, side: 'left' });
  });

  test('touch nothing else in the area', async () => {
    const { area, store } = setUp();
    await area.write({ settings: { relayAddress: 'wss://relay.test' } });
    await store.change({ theme: 'dark' });
    expect(area.values.get('settings')).toEqual({ relayAddress: 'wss://relay.test' });
    expect([...area.values.keys()].sort()).toEqual([PREFERENCES_KEY, 'settings'].sort());
  });
});

describe('a change that could not be stored', () => {
  test('is told to whoever asked for it, and changes nothing', async () => {
    const { area, store } = setUp({ theme: 'dark' });
    area.full = true;
    await expect(store.change({ theme: 'light' })).rejects.toThrow('quota');
    expect((await store.read()).theme).toBe('dark');
  });

  test('holds up none that was asked for before or after it', async () => {
    const { area, store } = setUp();
    let writes = 0;
    const second: Area['write'] = async (values) => {
      writes += 1;
      if (writes === 2) throw new Error('no room');
      return area.write(values);
    };
    const flaky = createPreferencesStore({ ...area, write: second }, noPolicy);
    const results = await Promise.allSettled([
      flaky.change({ theme: 'dark' }),
      flaky.change({ width: 500 }),
      flaky.change({ side: 'left' }),
    ]);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(await store.read()).toEqual({ ...defaults, theme: 'dark', side: 'left' });
  });

  test('as the storage could not be read overwrites nothing', async () => {
    const { area } = setUp({ theme: 'dark' });
    const read = () => Promise.reject(new Error('the disk is gone'));
    const store = createPreferencesStore({ ...area, read }, noPolicy);
    await expect(store.change({ side: 'left' })).rejects.toThrow('the disk is gone');
    await expect(store.read()).rejects.toThrow('the disk is gone');
    expect(area.writes).toEqual([]);
  });
});

describe('a policy', () => {
  function governed(policy: unknown, stored?: unknown) {
    const { area } = setUp(stored);
    return { area, store: createPreferencesStore(area, async () => decodePolicy(policy)) };
  }

  test('holds over what was chosen where it locks, and under it where it does not', async () => {
    const policy = { locked: { theme: 'dark' }, defaults: { side: 'left', times: 'clock' } };
    const { store } = governed(policy, { theme: 'light', times: 'relative' });
    expect(await store.read()).toEqual({ ...defaults, theme: 'dark', side: 'left', times: 'relative' });
  });

  test('is never stored as the agent’s own choice, and loses them none of theirs', async () => {
    const policy = { locked: { theme: 'dark' }, defaults: { side: 'left' } };
    const { area, store } = governed(policy, { theme: 'light' });
    await store.change({ theme: 'system', width: 400 });
    expect(area.values.get(PREFERENCES_KEY)).toEqual({ theme: 'light', width: 400 });
    expect(await createPreferencesStore(area, noPolicy).read()).toEqual({
      ...defaults,
      theme: 'light',
      width: 400,
    });
  });

  test('stays when all that was chosen is forgotten', async () => {
    const { area, store } = governed({ defaults: { side: 'left' } }, { side: 'right', width: 400 });
    await store.reset();
    expect(area.values.has(PREFERENCES_KEY)).toBe(false);
    expect(await store.read()).toEqual({ ...defaults, side: 'left' });
  });
});
