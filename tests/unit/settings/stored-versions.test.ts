/** What every version stored, as it lay in the browser: each is read as what its user had. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { decodePolicy } from '../../../utils/settings/policy.ts';
import { decodePreferences } from '../../../utils/settings/preferences.ts';
import { createPreferencesStore } from '../../../utils/settings/preferences-store.ts';
import { decodeSettings, findRelay, type Settings } from '../../../utils/settings/settings.ts';
import { createSettingsStore } from '../../../utils/settings/settings-store.ts';
import { createMemoryArea } from '../background/memory-area.ts';

const FOLDER = join(import.meta.dirname, '../../fixtures/settings');
const values = v.record(v.string(), v.unknown());
const fixture = v.object({ local: values, session: values });
const noPolicy = async () => decodePolicy(undefined);

function open(name: string) {
  const stored = v.parse(fixture, JSON.parse(readFileSync(join(FOLDER, name), 'utf8')));
  const local = createMemoryArea(stored.local);
  const session = createMemoryArea(stored.session);
  return {
    local,
    session,
    settings: createSettingsStore(local, session, noPolicy),
    preferences: createPreferencesStore(local, noPolicy),
  };
}

const none = decodeSettings(undefined);
const plain = decodePreferences(undefined);

function first(address: string, part: Partial<Settings['relays'][number]> = {}): Settings {
  const relay = { id: 'relay-1', name: '', address, plain: false, rememberToken: false, ...part };
  return { ...none, relays: [relay], defaultRelay: 'relay-1' };
}

const two: Settings = {
  relays: [
    { id: 'a', name: 'Support', address: 'wss://one.test', plain: false, rememberToken: true },
    {
      id: 'b',
      name: 'Sales',
      address: 'wss://two.test',
      plain: true,
      rememberToken: false,
      fieldMap: { paths: { text: ['body', 'words', '*'] }, legValues: {}, finalValues: {} },
    },
  ],
  defaultRelay: 'b',
  sites: [{ origin: 'https://acme.zendesk.com', relay: 'a' }],
  keepMinutes: 60,
};

/** The file, the settings, the token of the relay that is shown, and what of the preferences is not the default. */
const versions: [file: string, settings: Settings, token: string, preferences: object][] = [
  ['v1-first-days.json', first('wss://relay.acme.test', { rememberToken: true }), '', {}],
  [
    'v1-remembered.json',
    first('wss://relay.acme.test', { rememberToken: true }),
    'agent-token',
    { theme: 'dark', side: 'left' },
  ],
  ['v1-session.json', first('relay.acme.test:9443', { plain: true }), 'agent-token', {}],
  ['v1-no-relay.json', none, '', { times: 'clock' }],
  [
    'v1-reading.json',
    none,
    '',
    {
      theme: 'light',
      times: 'clock',
      side: 'left',
      width: 420,
      room: 'over',
      announce: false,
      labels: { ...plain.labels, inbound: { caller: 'Patient', callee: 'Nurse' } },
      profiles: [
        {
          id: 'p1',
          name: 'Refunds',
          query: 'refund',
          colour: 'red',
          badge: true,
          notify: true,
          sound: false,
        },
      ],
    },
  ],
  [
    'v1-tickets.json',
    first('wss://relay.acme.test', { rememberToken: true }),
    'agent-token',
    {
      country: 'DE',
      copyFormat: 'own:t1',
      copyTimes: false,
      noteHeader: false,
      templates: [{ id: 't1', name: 'Short', header: '', line: '{speaker}: {text}' }],
      redaction: {
        ...plain.redaction,
        nationalIds: true,
        phones: true,
        patterns: [{ id: 'r1', name: 'customer', pattern: 'AB-####' }],
      },
    },
  ],
  ['v2-two-relays.json', two, 'token-b', {}],
  [
    'v3-of-tomorrow.json',
    { ...none, relays: two.relays.slice(0, 1), defaultRelay: 'a' },
    'token-a',
    { side: 'left' },
  ],
];

describe('what is stored', () => {
  test('is held by a fixture of every kind', () => {
    expect(readdirSync(FOLDER).sort()).toEqual(versions.map(([file]) => file).sort());
  });

  test.each(versions)('as %s is what its user had', async (file, settings, token, preferences) => {
    const stored = open(file);
    const read = await stored.settings.read();
    expect(read).toEqual(settings);
    const relay = findRelay(read);
    expect(relay === undefined ? '' : await stored.settings.tokenOf(relay)).toBe(token);
    expect(await stored.preferences.read()).toEqual({ ...plain, ...preferences });
    expect([stored.local.writes, stored.session.writes]).toEqual([[], []]);
  });

  test.each(versions)(
    'as %s is still that after another setting was changed',
    async (file, settings, token) => {
      const stored = open(file);
      await stored.settings.change((before) => ({ ...before, keepMinutes: 240 }));
      const read = await stored.settings.read();
      expect(read).toEqual({ ...settings, keepMinutes: 240 });
      const relay = findRelay(read);
      expect(relay === undefined ? '' : await stored.settings.tokenOf(relay)).toBe(token);
    },
  );
});

describe('the token of version 1', () => {
  test.each(['v1-remembered.json', 'v1-session.json', 'v1-first-days.json'])(
    'in %s is gone from both areas once a new one is entered',
    async (file) => {
      const { settings, local, session } = open(file);
      const relay = findRelay(await settings.read());
      if (relay === undefined) throw new Error('no relay');
      await settings.putRelay({ ...relay, rememberToken: !relay.rememberToken }, 'new-token');
      const left = JSON.stringify([...local.values, ...session.values]);
      expect(left).not.toContain('agent-token');
      expect(left).toContain('new-token');
    },
  );

  test('is not sent to the relay’s new address', async () => {
    const { settings } = open('v1-remembered.json');
    const [relay] = (await settings.read()).relays;
    if (relay === undefined) throw new Error('no relay');
    expect(await settings.tokenOf({ ...relay, address: 'wss://other.test' })).toBe('');
  });

  test('goes with the relay', async () => {
    const { settings, local } = open('v1-remembered.json');
    await settings.removeRelay('relay-1');
    expect(JSON.stringify([...local.values])).not.toContain('agent-token');
  });
});

test('a newer version’s settings survive a change made by this one', async () => {
  const { settings, preferences, local } = open('v3-of-tomorrow.json');
  await settings.change((before) => ({ ...before, keepMinutes: 15 }));
  await preferences.change({ side: 'right' });
  expect(local.values.get('settings')).toMatchObject({
    version: 3,
    summaries: { language: 'en' },
    keepMinutes: 15,
  });
  expect(local.values.get('preferences')).toEqual({ theme: 'sepia', side: 'right', zoom: 2 });
});
