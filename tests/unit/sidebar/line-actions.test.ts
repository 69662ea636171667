import { signal } from '@preact/signals';
import { describe, expect, test, vi } from 'vitest';
import { createCall, putEntries } from '../../../components/sidebar/call-model.ts';
import { createLineActions } from '../../../components/sidebar/line-actions.ts';
import { createWriteOut } from '../../../components/sidebar/write-out.ts';
import { decodePreferences } from '../../../utils/settings/preferences.ts';
import type { LineEntry } from '../../../utils/transcript/call.ts';
import { change, line } from './call-changes.ts';

vi.mock('../../../utils/browser/runtime.ts', () => ({
  words: (key: string, ...values: unknown[]) => [key, ...values].join(' '),
  uiLanguage: () => 'en',
}));

function setUp({ copies = true, full = false } = {}) {
  const entries = [line(0), line(1, 'caller', 'it is 4012 8888'), line(2, 'caller', '8888 1881')];
  const call = createCall(change('one', entries, { startedAtMs: 0 }).call);
  putEntries(call, entries);
  const pinned = signal<ReadonlySet<number>>(new Set());
  const togglePins = (lines: readonly LineEntry[]) => {
    const arePinned = lines.every(({ index }) => pinned.peek().has(index));
    if (!full) pinned.value = new Set(arePinned ? [] : lines.map(({ index }) => index));
  };
  const writeOut = createWriteOut({
    preferences: signal(decodePreferences(undefined)),
    page: signal(undefined),
    nowMs: () => 0,
    locale: 'en',
  });
  const spies = { notify: vi.fn(), insert: vi.fn(), putOnClipboard: vi.fn(() => copies) };
  const { notify, insert, putOnClipboard } = spies;
  const notes = { pinned, togglePins };
  const actions = createLineActions({ call, writeOut, notes, insertion: { insert }, notify, putOnClipboard });
  return { entries, actions, ...spies };
}

describe('copying', () => {
  test('says so quietly, with the number of lines where there are several', () => {
    const { actions, entries, notify } = setUp();
    expect(actions.copy(entries.slice(0, 1))).toBe(true);
    expect(notify).toHaveBeenLastCalledWith({ text: 'copied', tone: 'done' });
    actions.copy(entries);
    expect(notify).toHaveBeenLastCalledWith({ text: 'copiedHidden copiedLines 3', tone: 'done' });
  });

  test('hides a number that began in a line that is not copied', () => {
    const { actions, entries, putOnClipboard } = setUp();
    actions.copy(entries.slice(2));
    expect(putOnClipboard).toHaveBeenCalledWith(expect.objectContaining({ text: '00:00 legCaller: [card]' }));
  });

  test('says what to do where the browser did not let it happen', () => {
    const { actions, entries, notify } = setUp({ copies: false });
    expect(actions.copy(entries)).toBe(false);
    expect(notify).toHaveBeenLastCalledWith({
      text: 'copyFailed',
      tone: 'failed',
      help: 'insertion',
    });
  });

  test('of nothing does nothing', () => {
    const { actions, notify, putOnClipboard } = setUp();
    actions.copy([]);
    expect([notify.mock.calls, putOnClipboard.mock.calls]).toEqual([[], []]);
  });
});

describe('pinning', () => {
  test('says what became of it', () => {
    const { actions, entries, notify } = setUp();
    actions.togglePins(entries);
    expect(notify).toHaveBeenLastCalledWith({ text: 'pinnedLines 3', tone: 'done' });
    actions.togglePins(entries);
    expect(notify).toHaveBeenLastCalledWith({ text: 'unpinned', tone: 'done' });
    actions.togglePins(entries.slice(0, 1));
    expect(notify).toHaveBeenLastCalledWith({ text: 'pinnedOne', tone: 'done' });
  });

  test('leaves the word to the note where it is full', () => {
    const { actions, entries, notify } = setUp({ full: true });
    actions.togglePins(entries);
    expect(notify).not.toHaveBeenCalled();
  });
});

test('inserting takes the lines as they are copied', () => {
  const { actions, entries, insert } = setUp();
  actions.insert(entries.slice(0, 1));
  expect(insert).toHaveBeenCalledWith(expect.objectContaining({ text: '00:00 legCaller: line 0' }));
});
