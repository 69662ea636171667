import { describe, expect, test } from 'vitest';
import { decodePolicy } from '../../../utils/settings/policy.ts';
import { decodeSettings, type Relay } from '../../../utils/settings/settings.ts';
import { createSettingsStore, settingsKeys } from '../../../utils/settings/settings-store.ts';
import type { Area } from '../../../utils/storage/area.ts';
import { createMemoryArea } from '../background/memory-area.ts';

const relay: Relay = { id: 'a', name: '', address: 'wss://relay.test', plain: false, rememberToken: false };
const other: Relay = { ...relay, id: 'b', address: 'wss://other.test' };
const remembered: Relay = { ...relay, rememberToken: true };
const TOKEN = 'secret-token';
const none = decodeSettings(undefined);

function setUp(localValues = {}, sessionValues = {}) {
  const local = createMemoryArea(localValues);
  const session = createMemoryArea(sessionValues);
  const managed: { policy: unknown } = { policy: undefined };
  const readPolicy = async () => decodePolicy(managed.policy);
  return {
    local,
    session,
    managed,
    store: createSettingsStore(local, session, readPolicy),
    afterRestart: () => createSettingsStore(local, createMemoryArea(), readPolicy),
    /** In which areas any value holds the token. */
    holders: (token = TOKEN) =>
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
    await store.putRelay({ ...relay, rememberToken }, TOKEN);
    expect(holders()).toEqual([area]);
    expect(await store.tokenOf({ ...relay, rememberToken })).toBe(TOKEN);
  });

  test.each([
    [false, true, 'local'],
    [true, false, 'session'],
    [true, true, 'local'],
    [false, false, 'session'],
  ])('remembered first %j, then %j: it is in the %s area only', async (first, then, area) => {
    const { store, holders } = setUp();
    await store.putRelay({ ...relay, rememberToken: first }, TOKEN);
    await store.putRelay({ ...relay, rememberToken: then }, TOKEN);
    expect(holders()).toEqual([area]);
    expect(await store.tokenOf({ ...relay, rememberToken: then })).toBe(TOKEN);
  });

  test('a new one leaves nothing of the old', async () => {
    const { store, holders } = setUp();
    await store.putRelay(remembered, TOKEN);
    await store.putRelay(relay, 'another');
    expect(holders()).toEqual([]);
    expect(holders('another')).toEqual(['session']);
  });

  test('one that was taken out is gone from both', async () => {
    const { store, holders } = setUp();
    await store.putRelay(relay, TOKEN);
    await store.putRelay(relay, '');
    expect(holders()).toEqual([]);
    expect(await store.tokenOf(relay)).toBe('');
  });

  test('is gone with the browser session unless it is remembered', async () => {
    const { store, afterRestart } = setUp();
    await store.putRelay(relay, TOKEN);
    expect(await afterRestart().tokenOf(relay)).toBe('');
    await store.putRelay(remembered, TOKEN);
    expect(await afterRestart().tokenOf(remembered)).toBe(TOKEN);
  });

  test('is never read from the area that was not chosen', async () => {
    const { store } = setUp({ tokens: { a: { token: TOKEN, address: relay.address } } });
    expect(await store.tokenOf(relay)).toBe('');
  });

  test('is not lost when there is no room to move it', async () => {
    const { store, session } = setUp();
    await store.putRelay(remembered, TOKEN);
    session.full = true;
    await expect(store.putRelay(relay, TOKEN)).rejects.toThrow();
    expect(await store.tokenOf(remembered)).toBe(TOKEN);
  });

  test('is for one relay: another one’s, and another address, have none of it', async () => {
    const { store } = setUp();
    await store.putRelay(relay, TOKEN);
    await store.putRelay(other, 'token-of-b');
    expect(await store.tokenOf(relay)).toBe(TOKEN);
    expect(await store.tokenOf(other)).toBe('token-of-b');
    expect(await store.tokenOf({ ...relay, address: other.address })).toBe('');
  });

  test('is never read with an address it was not saved with, while settings are being written', async () => {
    const { local, session } = setUp();
    const seen: string[] = [];
    let look = async () => {};
    const watched = (area: Area): Area => ({
      read: (keys) => area.read(keys),
      write: (values) => area.write(values).then(() => look()),
      remove: (keys) => area.remove(keys).then(() => look()),
    });
    const store = createSettingsStore(watched(local), watched(session), async () => decodePolicy(undefined));
    await store.putRelay(relay, TOKEN);
    look = async () => {
      for (const one of (await store.read()).relays) {
        const token = await store.tokenOf(one);
        if (token !== '') seen.push(`${token} to ${one.address}`);
      }
    };
    await store.putRelay({ ...relay, address: 'wss://moved.test', rememberToken: true }, 'new-token');
    expect(seen).toContain('new-token to wss://moved.test');
    expect(seen).not.toContain('new-token to wss://relay.test');
    expect(seen).not.toContain('secret-token to wss://moved.test');
  });

  test('goes with its relay, however that is removed', async () => {
    const { store, holders } = setUp();
    await store.putRelay(relay, TOKEN);
    await store.putRelay({ ...other, rememberToken: true }, 'token-of-b');
    await store.removeRelay('a');
    expect(holders()).toEqual([]);
    await store.change((settings) => ({ ...settings, relays: [] }));
    expect(holders('token-of-b')).toEqual([]);
  });

  test.each([[5], [null], [{ a: 'x' }], [{ a: { token: 'x' } }], [['x']]])(
    'that is stored as %j is none',
    async (tokens) => {
      expect(await setUp({}, { tokens }).store.tokenOf(relay)).toBe('');
    },
  );
});

describe('the settings', () => {
  test('are the defaults before anybody made any', async () => {
    expect(await setUp().store.read()).toEqual(none);
  });

  test('are on the computer, with their version and without tokens', async () => {
    const { store, local } = setUp();
    await store.putRelay(relay, TOKEN);
    expect(local.values.get('settings')).toEqual({ version: 2, relays: [relay] });
  });

  test('a relay that is put again stands in its place', async () => {
    const { store } = setUp();
    await store.putRelay(relay, '');
    await store.putRelay(other, '');
    await store.putRelay({ ...relay, name: 'Support' }, '');
    expect((await store.read()).relays).toEqual([{ ...relay, name: 'Support' }, other]);
  });

  test.each([[null], [5], ['junk'], [[]], [true], [{ relayAddress: 5 }], [{ other: 1 }], [{ version: 2 }]])(
    'that stand there as %j are the defaults',
    async (settings) => {
      expect(await setUp({ settings }).store.read()).toEqual(none);
    },
  );

  test('of which one is not understood keep the others', async () => {
    const settings = { version: 2, relays: [{ id: 5 }, relay], keepMinutes: 7, defaultRelay: 'a' };
    expect(await setUp({ settings }).store.read()).toEqual({ ...none, relays: [relay], defaultRelay: 'a' });
  });

  test('changed at once are all kept', async () => {
    const { store } = setUp();
    await Promise.all([
      store.putRelay(relay, TOKEN),
      store.change((settings) => ({ ...settings, keepMinutes: 60 })),
      store.putRelay(other, ''),
    ]);
    expect(await store.read()).toEqual({ ...none, keepMinutes: 60, relays: [relay, other] });
  });

  test('that stay as they are are not written', async () => {
    const { store, local } = setUp();
    await store.change((settings) => structuredClone(settings));
    expect(local.writes).toEqual([]);
  });

  test('a change that failed holds up none after it', async () => {
    const { store, local } = setUp();
    local.full = true;
    await expect(store.putRelay(relay, TOKEN)).rejects.toThrow('quota');
    local.full = false;
    await store.putRelay(other, '');
    expect((await store.read()).relays).toEqual([other]);
  });

  test('touch nothing else in either area', async () => {
    const { store, local, session } = setUp({ theme: 'dark' }, { tabs: [[1, 'on']] });
    await store.putRelay(remembered, TOKEN);
    await store.putRelay(relay, TOKEN);
    await store.reset();
    expect(Object.fromEntries(local.values)).toEqual({ theme: 'dark' });
    expect(Object.fromEntries(session.values)).toEqual({ tabs: [[1, 'on']] });
  });

  test('are written under keys whose change is looked out for', async () => {
    const { store, local, session } = setUp();
    await store.putRelay(relay, TOKEN);
    const written = [local, session].flatMap(({ writes }) => writes.flatMap((w) => Object.keys(w.values)));
    expect(settingsKeys).toEqual(expect.arrayContaining(written));
  });
});

describe('a policy', () => {
  const given = { name: 'Acme', address: 'wss://relay.acme.test', token: 'shared' };
  const managed1: Relay = { ...relay, id: 'managed-1', name: 'Acme', address: given.address };

  test('that locks the relays holds whatever the agent had, until it is gone', async () => {
    const { store, managed } = setUp();
    await store.putRelay(relay, TOKEN);
    managed.policy = { locked: { relays: [given], keepMinutes: 60 } };
    expect(await store.read()).toEqual({ ...none, relays: [managed1], keepMinutes: 60 });
    await store.change((settings) => ({ ...settings, relays: [other], keepMinutes: 15 }));
    await store.putRelay(other, 'token-of-b');
    await store.removeRelay('managed-1');
    expect((await store.read()).relays).toEqual([managed1]);
    managed.policy = undefined;
    expect(await store.read()).toEqual({ ...none, relays: [relay] });
    expect(await store.tokenOf(relay)).toBe(TOKEN);
  });

  test('gives the token of a locked relay, and of another one where the agent has none', async () => {
    const { store, managed } = setUp();
    managed.policy = { defaults: { relays: [given] } };
    expect(await store.tokenOf(managed1)).toBe('shared');
    await store.putRelay(managed1, 'my own');
    expect(await store.tokenOf(managed1)).toBe('my own');
    managed.policy = { locked: { relays: [given] } };
    expect(await store.tokenOf(managed1)).toBe('shared');
    expect(await store.tokenOf({ ...managed1, address: 'wss://other.test' })).toBe('');
  });

  test('that locks a relay without a token leaves the token to the agent', async () => {
    const { store, managed, local, holders } = setUp();
    managed.policy = { locked: { relays: [{ ...given, token: undefined }] } };
    await store.putRelay({ ...managed1, address: 'wss://evil.test', rememberToken: true }, TOKEN);
    expect(await store.tokenOf(managed1)).toBe(TOKEN);
    expect(holders()).toEqual(['session']);
    expect(local.values.has('settings')).toBe(false);
  });

  test('is never stored as the agent’s own choice', async () => {
    const { store, managed, local, holders } = setUp();
    managed.policy = { defaults: { relays: [given], keepMinutes: 60 } };
    await store.putRelay(managed1, 'shared');
    await store.change((settings) => ({ ...settings, defaultRelay: 'managed-1' }));
    expect(local.values.get('settings')).toEqual({ version: 2, defaultRelay: 'managed-1' });
    expect(holders('shared')).toEqual([]);
    managed.policy = { defaults: { keepMinutes: 240 } };
    expect(await store.read()).toEqual({ ...none, defaultRelay: 'managed-1', keepMinutes: 240 });
  });
});
