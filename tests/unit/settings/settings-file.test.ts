import { describe, expect, test } from 'vitest';
import { decodePreferences } from '../../../utils/settings/preferences.ts';
import { decodeSettings } from '../../../utils/settings/settings.ts';
import {
  changesOf,
  type Everything,
  type FileContent,
  MAX_FILE_BYTES,
  readSettingsFile,
  writeSettingsFile,
} from '../../../utils/settings/settings-file.ts';

const none: Everything = { settings: decodeSettings(undefined), preferences: decodePreferences(undefined) };
const own: Everything = {
  settings: decodeSettings({
    relays: [{ id: 'a', address: 'wss://one.test' }],
    defaultRelay: 'a',
    sites: [{ origin: 'https://acme.zendesk.com' }, { origin: 'https://acme.test:8443', relay: 'a' }],
    keepMinutes: 60,
  }),
  preferences: decodePreferences({
    theme: 'dark',
    profiles: [{ id: 'p', name: 'Refunds', query: 'refund' }],
  }),
};

function read(text: string): FileContent {
  const file = readSettingsFile(text);
  if (!file.ok) throw new Error(file.fault);
  return file;
}

describe('a file of settings', () => {
  test('holds everything, and is read as it was written', () => {
    const file = read(writeSettingsFile(own));
    expect(file).toEqual({ ok: true, ...own, leftOut: [] });
    expect(changesOf(own, file)).toEqual([]);
  });

  test('says what it would change, and of lists how many', () => {
    expect(changesOf(none, read(writeSettingsFile(own)))).toEqual([
      { key: 'relays', counts: { before: 0, after: 1 } },
      { key: 'defaultRelay' },
      { key: 'sites', counts: { before: 0, after: 2 } },
      { key: 'keepMinutes' },
      { key: 'theme' },
      { key: 'profiles', counts: { before: 0, after: 1 } },
    ]);
  });

  test.each([
    ['nothing', '', 'not-json'],
    ['half of one', writeSettingsFile(own).slice(0, 200), 'not-json'],
    ['another program’s', '{"settings":{}}', 'not-earshot'],
    ['a list', '[]', 'not-earshot'],
    ['one whose settings are none', '{"earshot":"settings","version":2,"settings":5}', 'not-earshot'],
    ['a newer version’s', '{"earshot":"settings","version":3,"settings":{}}', 'newer'],
    ['far too large', `"${'x'.repeat(MAX_FILE_BYTES)}"`, 'too-large'],
  ])('that is %s is not taken', (_name, text, fault) => {
    expect(readSettingsFile(text)).toEqual({ ok: false, fault });
  });

  test('loses only what is not understood, and names it', () => {
    const file = read(
      JSON.stringify({
        earshot: 'settings',
        version: 2,
        settings: { relays: [5, { id: 'a', address: 'wss://one.test', colour: 'red' }], keepMinutes: 7 },
        preferences: { theme: 'sepia', side: 'left', zoom: 2 },
        notes: [],
      }),
    );
    expect(file.settings).toEqual({ relays: own.settings.relays });
    expect(file.preferences).toEqual({ side: 'left' });
    expect(file.leftOut).toEqual([
      'settings.relays[0]',
      'settings.relays[1].colour',
      'settings.keepMinutes',
      'preferences.theme',
      'preferences.zoom',
      'notes',
    ]);
  });
});
