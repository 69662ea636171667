/** A link, a file or a policy that somebody made to do harm: what it can set is bounded, and it gets nobody's token. */
import { describe, expect, test } from 'vitest';
import { takeSetup } from '../../../components/options/start-setup.ts';
import { parseRelayAddress } from '../../../utils/connection/relay-address.ts';
import { readSetup } from '../../../utils/protocol/setup-link.ts';
import { createBackup } from '../../../utils/settings/backup.ts';
import { decodePolicy } from '../../../utils/settings/policy.ts';
import { createPreferencesStore } from '../../../utils/settings/preferences-store.ts';
import type { Relay } from '../../../utils/settings/settings.ts';
import { changesOf, readSettingsFile } from '../../../utils/settings/settings-file.ts';
import { createSettingsStore } from '../../../utils/settings/settings-store.ts';
import { isSite } from '../../../utils/settings/site.ts';
import { createMemoryArea } from '../background/memory-area.ts';

const TOKEN = 'agent-token-for-tests';
const relay: Relay = {
  id: 'a',
  name: 'Acme',
  address: 'wss://relay.acme.test',
  plain: false,
  rememberToken: true,
};

async function setUp() {
  const [local, session] = [createMemoryArea(), createMemoryArea()];
  const readPolicy = async () => decodePolicy(undefined);
  const settings = createSettingsStore(local, session, readPolicy);
  const preferences = createPreferencesStore(local, readPolicy);
  await settings.putRelay(relay, TOKEN);
  const backup = createBackup({ local, session, settings, preferences });
  const everyToken = async () => {
    const { relays } = await settings.read();
    return Promise.all(relays.map(async (one) => [one.address, await settings.tokenOf(one)]));
  };
  return { settings, backup, everyToken };
}

function fileOf(settings: object, preferences: object = {}) {
  const file = readSettingsFile(JSON.stringify({ earshot: 'settings', version: 2, settings, preferences }));
  if (!file.ok) throw new Error(file.fault);
  return file;
}

describe('a file', () => {
  test.each([
    ['another host', 'wss://relay.evil.test'],
    ['a host that begins the same', 'wss://relay.acme.test.evil.test'],
    ['a user before another host', 'wss://relay.acme.test@evil.test'],
    ['another port', 'wss://relay.acme.test:8443'],
    ['another way', 'ws://relay.acme.test'],
    ['letters that look the same', 'wss://relay.аcme.test'],
  ])('that sends our own relay to %s gets no token with it', async (_name, address) => {
    const { backup, everyToken } = await setUp();
    await backup.take(fileOf({ relays: [{ ...relay, address }], defaultRelay: 'a' }));
    expect(await everyToken()).toEqual([[address, '']]);
  });

  test.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])(
    'may call a relay %s, and it has no token either',
    async (id) => {
      const { backup, everyToken } = await setUp();
      await backup.take(
        fileOf({ relays: [relay, { ...relay, id }, { ...relay, id, rememberToken: false }] }),
      );
      expect((await everyToken()).slice(1).map(([, token]) => token)).toEqual(['', '']);
      expect(Reflect.get({}, 'token')).toBe(undefined);
    },
  );

  test('tells beforehand that it changes the relay, and what is hidden', async () => {
    const { backup } = await setUp();
    const file = fileOf(
      { relays: [{ ...relay, address: 'wss://relay.evil.test' }] },
      { redaction: { cards: false } },
    );
    expect(changesOf(await backup.read(), file).map(({ key }) => key)).toEqual(['relays', 'redaction']);
  });

  test('of very much is taken within bounds', () => {
    const many = <Item>(item: Item) => Array.from({ length: 1_000 }, () => item);
    const { settings, preferences } = fileOf(
      { relays: many(relay), sites: many({ origin: 'https://acme.test' }) },
      {
        profiles: many({ id: 'p', name: 'p', query: 'q' }),
        templates: many({ id: 't', name: 't', header: '', line: '' }),
        redaction: { patterns: many({ id: 'r', name: 'r', pattern: '#' }) },
      },
    );
    expect(settings.relays?.length ?? 0).toBeLessThanOrEqual(10);
    expect(settings.sites?.length ?? 0).toBeLessThanOrEqual(200);
    expect(preferences.profiles?.length ?? 0).toBeLessThanOrEqual(50);
    expect(preferences.templates?.length ?? 0).toBeLessThanOrEqual(20);
    expect(preferences.redaction?.patterns.length ?? 0).toBeLessThanOrEqual(50);
  });

  test.each([
    'https://*',
    'https://*.test',
    'http://*:80',
    '*://acme.test',
    'https://acme.test/*',
    'file:///',
    'chrome://settings',
    'javascript://x',
    'https://acme.test@evil.test',
    'https://chromewebstore.google.com',
  ])('that lists %s lists no site to stand on', (origin) => {
    expect(isSite(origin)).toBe(false);
  });

  test('with keys of every object’s own changes no object', () => {
    const text =
      '{"earshot":"settings","version":2,"__proto__":{"polluted":1},"settings":{"__proto__":{"polluted":1},' +
      '"relays":[{"id":"x","address":"wss://x.test","__proto__":{"token":"t"}}]},"preferences":{"constructor":{"prototype":{"polluted":1}}}}';
    expect(readSettingsFile(text)).toMatchObject({ ok: true });
    expect(Reflect.get({}, 'polluted')).toBe(undefined);
    decodePolicy(JSON.parse(`{"locked":${text},"defaults":${text}}`));
    expect(Reflect.get({}, 'polluted')).toBe(undefined);
  });
});

describe('a setup link', () => {
  const createId = () => 'new';

  test('for another relay makes another one, beside ours and without our token', async () => {
    const { settings, everyToken } = await setUp();
    const taken = takeSetup(
      JSON.stringify({ relay: 'wss://relay.evil.test', name: 'Acme' }),
      [relay],
      createId,
    );
    if (!taken.ok) throw new Error('not taken');
    await settings.putRelay(taken.relay, taken.token ?? '');
    expect(await everyToken()).toEqual([
      ['wss://relay.acme.test', TOKEN],
      ['wss://relay.evil.test', ''],
    ]);
  });

  test.each([
    'ws://relay.evil.test',
    'http://10.0.0.1',
    'javascript:alert(1)',
    'wss://acme.test@evil.test',
    'wss://acme.test?token=x',
    'file:///etc/passwd',
    'data:text/html,x',
  ])('to %s leads nowhere', (address) => {
    const taken = takeSetup(JSON.stringify({ relay: address }), [], createId);
    const parsed = parseRelayAddress(taken.ok ? taken.relay.address : '');
    expect(taken.ok && parsed.ok).toBe(false);
  });

  test('with keys of every object’s own changes no object', () => {
    expect(readSetup('{"relay":"wss://x.test","__proto__":{"token":"t"}}')).toMatchObject({
      ok: true,
      setup: { token: '' },
    });
    expect(Reflect.get({}, 'token')).toBe(undefined);
  });
});
