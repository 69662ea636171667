import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createPreferencesEditor } from '../../../components/options/preferences-editor.ts';
import { decodePolicy } from '../../../utils/settings/policy.ts';
import { createPreferencesStore, PREFERENCES_KEY } from '../../../utils/settings/preferences-store.ts';
import { createMemoryArea } from '../background/memory-area.ts';
import { makePreferences, makeProfile } from './profiles.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function setUp(given: { policy?: unknown; stored?: Record<string, unknown> } = {}) {
  const area = createMemoryArea(given.stored === undefined ? {} : { [PREFERENCES_KEY]: given.stored });
  const write = vi.spyOn(area, 'write');
  const managed = { policy: given.policy };
  const store = () => createPreferencesStore(area, async () => decodePolicy(managed.policy));
  const editor = createPreferencesEditor({
    store: store(),
    initial: makePreferences(given.stored),
    setTimer: (run, ms) => setTimeout(run, ms),
  });
  return { area, write, managed, editor, stored: () => store().read(), elsewhere: store() };
}

const named = (name: string) => ({ profiles: [makeProfile('a', { name })] });

describe('the preferences on the page', () => {
  test('a choice is shown and stored at once', async () => {
    const { editor, stored } = setUp();
    editor.edit({ theme: 'dark' });
    expect(editor.shown.value.theme).toBe('dark');
    await vi.advanceTimersByTimeAsync(0);
    expect(await stored()).toMatchObject({ theme: 'dark' });
    expect(editor.saving.value).toBe('saved');
    await vi.advanceTimersByTimeAsync(3_000);
    expect(editor.saving.value).toBe('idle');
  });

  test('what is typed is stored once, after a pause', async () => {
    const { editor, write, stored } = setUp();
    for (const name of ['R', 'Re', 'Ref']) {
      editor.type(named(name));
      await vi.advanceTimersByTimeAsync(300);
    }
    expect(write).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(100);
    expect(write).toHaveBeenCalledTimes(1);
    expect(await stored()).toMatchObject(named('Ref'));
  });

  test('what is typed is stored at once when its field is left', async () => {
    const { editor, write, stored } = setUp();
    editor.type(named('Refunds'));
    await editor.flush();
    expect(await stored()).toMatchObject(named('Refunds'));
    await vi.advanceTimersByTimeAsync(1_000);
    await editor.flush();
    expect(write).toHaveBeenCalledTimes(1);
  });

  test('what is not stored yet can be told at any time, until it is stored', async () => {
    const { editor } = setUp({ stored: { side: 'left' } });
    expect(editor.unsaved.value).toEqual({});
    editor.type(named('Refunds'));
    expect(editor.unsaved.value).toEqual(named('Refunds'));
    await editor.flush();
    expect(editor.unsaved.value).toEqual({});
  });

  test('what cannot be stored stays unsaved, and what another page stores is not taken for it', async () => {
    const { area, editor, elsewhere } = setUp();
    await elsewhere.change({ side: 'left' });
    vi.spyOn(area, 'write').mockRejectedValue(new Error('full'));
    editor.edit({ theme: 'dark' });
    await vi.advanceTimersByTimeAsync(0);
    expect(editor.saving.value).toBe('failed');
    expect(editor.unsaved.value).toEqual({ theme: 'dark' });
  });
});

describe('under a policy', () => {
  test('a choice of what was locked meanwhile is not taken, and what holds is shown', async () => {
    const { editor, managed, stored } = setUp();
    managed.policy = { locked: { theme: 'dark' } };
    editor.edit({ theme: 'light', side: 'left' });
    await vi.advanceTimersByTimeAsync(0);
    expect(editor.shown.value).toMatchObject({ theme: 'dark', side: 'left' });
    expect(await stored()).toMatchObject({ theme: 'dark', side: 'left' });
    managed.policy = undefined;
    await editor.refresh();
    expect(editor.shown.value).toMatchObject({ theme: 'system', side: 'left' });
  });
});

describe('changes made elsewhere', () => {
  test('are shown, beside what is not stored yet', async () => {
    const { editor, elsewhere, stored } = setUp();
    editor.type(named('Refu'));
    await elsewhere.change({ side: 'left' });
    await editor.refresh();
    expect(editor.shown.value).toMatchObject({ ...named('Refu'), side: 'left' });
    await vi.advanceTimersByTimeAsync(400);
    expect(await stored()).toMatchObject({ ...named('Refu'), side: 'left' });
  });

  test('are not undone by a page that has not heard of them', async () => {
    const { editor, elsewhere, stored } = setUp();
    await elsewhere.change({ profiles: [makeProfile('b')] });
    editor.edit(named('Refunds'));
    await vi.advanceTimersByTimeAsync(0);
    expect((await stored()).profiles.map(({ id }) => id)).toEqual(['a', 'b']);
    expect(editor.shown.value.profiles).toHaveLength(2);
  });

  test('the page’s own change, told back to it, overwrites nothing typed since', async () => {
    const { editor } = setUp();
    editor.type(named('Refu'));
    await editor.flush();
    editor.type(named('Refunds'));
    await editor.refresh();
    expect(editor.shown.value).toMatchObject(named('Refunds'));
    editor.type(named(''));
    await editor.refresh();
    expect(editor.shown.value).toMatchObject(named(''));
  });
});

test('what cannot be stored is said, stays on the page, and is tried again', async () => {
  const { editor, write, stored } = setUp();
  write.mockRejectedValueOnce(new Error('full'));
  editor.edit({ theme: 'dark' });
  await vi.advanceTimersByTimeAsync(0);
  expect(editor.saving.value).toBe('failed');
  await vi.advanceTimersByTimeAsync(10_000);
  expect(editor.saving.value).toBe('failed');
  expect(editor.shown.value.theme).toBe('dark');
  await editor.flush();
  expect(editor.saving.value).toBe('saved');
  expect(await stored()).toMatchObject({ theme: 'dark' });
});
