import { describe, expect, test } from 'vitest';
import {
  createSettingsStore,
  type RelaySettings,
  settingsKeys,
} from '../../../utils/settings/settings-store.ts';
import type { Area } from '../../../utils/storage/area.ts';
import { createMemoryArea } from '../background/memory-area.ts';

const kept: RelaySettings = {
  relayAddress: 'wss://relay.test',
  plainRelay: false,
  rememberToken: false,
  token: 'secret-token',
};
const defaults: RelaySettings = { relayAddress: '', plainRelay: false, rememberToken: false, token: '' };

function setUp(localValues = {}, sessionValues = {}) {
  const local = createMemoryArea(localValues);
  const session = createMemoryArea(sessionValues);
  return {
    local,
    session,
    store: createSettingsStore(local, session),
    /** In which areas any value holds the token. */
    holders: (token = kept.token) =>
      Object.entries({ local, session })
        .filter(([, { values }]) => JSON.stringify([...values]).includes(token))
        .map(([name]) => name),
  };
}

describe('the token', () => {
  test.each([
    [false, 'session'],
    [true, 'local'],
  ])('remembered: %j, it is in the %s area only', async (rememberToken, area) => {
    const { store, holders } = setUp();
    await store.write({ ...kept, rememberToken });
    expect(holders()).toEqual([area]);
    expect(await store.read()).toEqual({ ...kept, rememberToken });
  });

  test.each([
    [false, true, 'local'],
    [true, false, 'session'],
    [true, true, 'local'],
    [false, false, 'session'],
  ])('remembered first %j, then %j: it is in the %s area only', async (first, then, area) => {
    const { store, holders } = setUp();
    await store.write({ ...kept, rememberToken: first });
    await store.write({ ...kept, rememberToken: then });
    expect(holders()).toEqual([area]);
    expect((await store.read()).token).toBe(kept.token);
  });

  test('a new one leaves nothing of the old', async () => {
    const { store, holders } = setUp();
    await store.write({ ...kept, rememberToken: true });
    await store.write({ ...kept, token: 'another' });
    expect(holders()).toEqual([]);
    expect(holders('another')).toEqual(['session']);
  });

  test('one that was taken out is gone from both', async () => {
    const { store, holders } = setUp();
    await store.write(kept);
    await store.write({ ...kept, token: '' });
    expect(holders()).toEqual([]);
    expect((await store.read()).token).toBe('');
  });

  test('is gone with the browser session unless it is remembered', async () => {
    const { store, local } = setUp();
    await store.write(kept);
    expect(await createSettingsStore(local, createMemoryArea()).read()).toEqual({ ...kept, token: '' });
    await store.write({ ...kept, rememberToken: true });
    expect((await createSettingsStore(local, createMemoryArea()).read()).token).toBe(kept.token);
  });

  test('is never read from the area that was not chosen', async () => {
    const { store } = setUp({ settings: { rememberToken: false }, token: 'left on the computer' });
    expect((await store.read()).token).toBe('');
  });

  test('is not lost when there is no room to move it', async () => {
    const { store, session } = setUp();
    await store.write({ ...kept, rememberToken: true });
    session.full = true;
    await expect(store.write(kept)).rejects.toThrow();
    expect((await store.read()).token).toBe(kept.token);
  });

  test('is never read with the address of a relay it was not saved with, while settings are being written', async () => {
    const { local, session } = setUp();
    const seen: string[] = [];
    let look = async () => {};
    const watched = (area: Area): Area => ({
      read: (keys) => area.read(keys),
      write: (values) => area.write(values).then(() => look()),
      remove: (keys) => area.remove(keys).then(() => look()),
    });
    const store = createSettingsStore(watched(local), watched(session));
    await store.write(kept);
    look = async () => {
      const { relayAddress, token } = await store.read();
      if (token !== '') seen.push(`${token} to ${relayAddress}`);
    };
    await store.write({ ...kept, relayAddress: 'wss://other.test', token: 'other-token' });
    expect(seen).not.toContain('other-token to wss://relay.test');
    expect(seen).not.toContain('secret-token to wss://other.test');
  });
});

describe('the settings', () => {
  test('are the defaults before anybody made any', async () => {
    expect(await setUp().store.read()).toEqual(defaults);
  });

  test('are on the computer, without the token', async () => {
    const { store, local } = setUp();
    await store.write(kept);
    expect(local.values.get('settings')).toEqual({
      relayAddress: 'wss://relay.test',
      plainRelay: false,
      rememberToken: false,
    });
  });

  test.each([[null], [5], ['junk'], [[]], [true], [{ relayAddress: 5 }], [{ other: 1 }]])(
    'that stand there as %j are the defaults',
    async (settings) => {
      expect(await setUp({ settings }).store.read()).toEqual(defaults);
    },
  );

  test('of which one is not understood keep the others', async () => {
    const { store } = setUp({ settings: { relayAddress: 'wss://relay.test', rememberToken: 'perhaps' } });
    expect(await store.read()).toEqual({ ...defaults, relayAddress: 'wss://relay.test' });
  });

  test('of an older version get the defaults of what is new', async () => {
    const { store } = setUp({ settings: { relayAddress: 'wss://relay.test' } });
    expect(await store.read()).toEqual({ ...defaults, relayAddress: 'wss://relay.test' });
  });

  test.each([[5], [null], [{ token: 'x' }], [['x']]])('a token that is %j is none', async (token) => {
    expect((await setUp({}, { token }).store.read()).token).toBe('');
  });

  test('touch nothing else in either area', async () => {
    const { store, local, session } = setUp({ theme: 'dark' }, { tabs: [[1, 'on']] });
    await store.write({ ...kept, rememberToken: true });
    await store.write(kept);
    expect(local.values.get('theme')).toBe('dark');
    expect(session.values.get('tabs')).toEqual([[1, 'on']]);
  });

  test('are written under keys whose change is looked out for', async () => {
    const { store, local, session } = setUp();
    await store.write(kept);
    const written = [local, session].flatMap(({ writes }) => writes.flatMap((w) => Object.keys(w.values)));
    expect(settingsKeys).toEqual(expect.arrayContaining(written));
  });
});
