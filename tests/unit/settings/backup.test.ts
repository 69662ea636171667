import { describe, expect, test } from 'vitest';
import { createBackup } from '../../../utils/settings/backup.ts';
import { decodePolicy } from '../../../utils/settings/policy.ts';
import { createPreferencesStore } from '../../../utils/settings/preferences-store.ts';
import type { FileContent } from '../../../utils/settings/settings-file.ts';
import { createSettingsStore } from '../../../utils/settings/settings-store.ts';
import { createMemoryArea } from '../background/memory-area.ts';

const relay = { id: 'a', name: '', address: 'wss://one.test', plain: false, rememberToken: true };
const file: FileContent = {
  ok: true,
  settings: { relays: [{ ...relay, id: 'b' }], keepMinutes: 15 },
  preferences: { theme: 'dark' },
  leftOut: [],
};

async function setUp(managed?: unknown) {
  const local = createMemoryArea({ calls: ['kept'] });
  const session = createMemoryArea();
  const readPolicy = async () => decodePolicy(managed);
  const settings = createSettingsStore(local, session, readPolicy);
  const preferences = createPreferencesStore(local, readPolicy);
  await settings.putRelay(relay, 'my-token');
  await settings.putRelay({ ...relay, id: 'c', rememberToken: false }, 'token-of-c');
  await preferences.change({ side: 'left' });
  const all = () => JSON.stringify([Object.fromEntries(local.values), Object.fromEntries(session.values)]);
  return {
    local,
    all,
    settings,
    preferences,
    backup: createBackup({ local, session, settings, preferences }),
  };
}

describe('an import', () => {
  test('takes over what the file holds, leaves the rest, and can be undone', async () => {
    const { backup, all } = await setUp();
    const before = all();
    const undo = await backup.take(file);
    const read = await backup.read();
    expect(read.settings).toMatchObject(file.settings);
    expect(read.preferences).toMatchObject({ theme: 'dark', side: 'left' });
    expect(all()).not.toContain('my-token');
    await undo();
    expect(JSON.parse(all())).toEqual(JSON.parse(before));
  });

  test('leaves what is locked as it is', async () => {
    const { backup } = await setUp({ locked: { keepMinutes: 240, theme: 'light' } });
    await backup.take(file);
    const read = await backup.read();
    expect(read.settings.keepMinutes).toBe(240);
    expect(read.preferences.theme).toBe('light');
  });

  test('that fails half-way changes nothing', async () => {
    const { backup, preferences, all } = await setUp();
    const before = all();
    preferences.change = () => Promise.reject(new Error('full'));
    await expect(backup.take(file)).rejects.toThrow('full');
    expect(JSON.parse(all())).toEqual(JSON.parse(before));
  });
});

test('a reset forgets everything and every token, touches nothing else, and can be undone', async () => {
  const { backup, all } = await setUp();
  const before = all();
  const undo = await backup.reset();
  expect(JSON.parse(all())).toEqual([{ calls: ['kept'] }, {}]);
  await undo();
  expect(JSON.parse(all())).toEqual(JSON.parse(before));
});
