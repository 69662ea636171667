import { expect, test } from 'vitest';
import { createNoteStore } from '../../../entrypoints/background/note-store.ts';
import type { ToSidebar } from '../../../utils/messaging/sidebar-port.ts';
import type { CallSummary } from '../../../utils/transcript/call.ts';
import type { Note } from '../../../utils/transcript/note.ts';
import { createHandClock } from './hand-clock.ts';
import { createMemoryArea, type MemoryArea } from './memory-area.ts';

const status: Extract<ToSidebar, { type: 'status' }>['status'] = {
  relay: { name: 'off', sinceMs: 0 },
  platform: { name: 'unknown', sinceMs: 0 },
  unread: { count: 0 },
  forgottenCount: 0,
};

function noteOf(callId: string, text: string, callStartedAtMs = 1): Note {
  return { callId, callStartedAtMs, items: text === '' ? [] : [{ kind: 'text', id: 'a', text }] };
}

function changes(calls: Record<string, number>, forgotten: string[] = []): ToSidebar {
  return {
    type: 'changes',
    forgotten,
    calls: Object.entries(calls).map(([id, startedAtMs]) => {
      const call: CallSummary = {
        id,
        phase: 'live',
        startedAtMs,
        lastEventAtMs: startedAtMs,
        parties: {},
        entryCount: 0,
      };
      return { call, firstIndex: 0, entries: [] };
    }),
  };
}

async function setUp(
  area: MemoryArea = createMemoryArea(),
  calls: Record<string, number> = { c1: 1, c2: 1 },
) {
  const clock = createHandClock();
  const store = createNoteStore(area, clock.setTimer);
  await store.ready;
  for (const message of [{ type: 'reset' as const, status }, changes(calls), { type: 'complete' as const }]) {
    store.take(message);
  }
  return { area, clock, store };
}

const kept = ({ values }: MemoryArea) => Object.fromEntries(values);

test('a note outlives the worker, and the last word of it counts', async () => {
  const { area, clock, store } = await setUp();
  expect(store.put(noteOf('c1', 'o'))).toBe(true);
  expect(store.put(noteOf('c1', 'one'))).toBe(true);
  await clock.elapse(1_000);
  const next = await setUp(area);
  expect(next.store.notes()).toEqual([noteOf('c1', 'one')]);
});

test('a note without items is removed', async () => {
  const { area, clock, store } = await setUp();
  store.put(noteOf('c1', 'one'));
  await clock.elapse(1_000);
  store.put(noteOf('c1', ''));
  await clock.elapse(1_000);
  expect(store.notes()).toEqual([]);
  expect(kept(area)).toEqual({});
});

test.each([
  ['a call that is not kept', noteOf('c9', 'one')],
  ['an earlier call of the same id', noteOf('c1', 'one', 99)],
])('a note of %s is refused', async (_name, note) => {
  const { store } = await setUp();
  expect(store.put(note)).toBe(false);
  expect(store.notes()).toEqual([]);
});

test.each<[string, ToSidebar]>([
  ['its call is forgotten', changes({}, ['c1'])],
  ['another call begins under its id', changes({ c1: 2 })],
  ['its call is forgotten and begins anew', changes({ c1: 2 }, ['c1'])],
])('a note goes when %s', async (_name, message) => {
  const { area, clock, store } = await setUp();
  store.put(noteOf('c1', 'one'));
  store.put(noteOf('c2', 'two'));
  await clock.elapse(1_000);
  store.take(message);
  await clock.elapse(1_000);
  expect(store.notes()).toEqual([noteOf('c2', 'two')]);
  expect(Object.values(kept(area))).toEqual([noteOf('c2', 'two')]);
});

test('what belongs to no call any more, and what cannot be read, is not kept', async () => {
  const area = createMemoryArea({
    'note c1': noteOf('c1', 'one'),
    'note gone': noteOf('gone', 'old'),
    'note broken': { callId: 5 },
    tabs: [1],
  });
  const { clock, store } = await setUp(area);
  await clock.elapse(1_000);
  expect(store.notes()).toEqual([noteOf('c1', 'one')]);
  expect(Object.keys(kept(area)).sort()).toEqual(['note c1', 'tabs']);
});

test('a note that finds no room is written with the next change', async () => {
  const { area, clock, store } = await setUp();
  area.full = true;
  store.put(noteOf('c1', 'one'));
  await clock.elapse(1_000);
  expect(store.notes()).toEqual([noteOf('c1', 'one')]);
  area.full = false;
  store.put(noteOf('c2', 'two'));
  await clock.elapse(1_000);
  expect(kept(area)).toEqual({ 'note c1': noteOf('c1', 'one'), 'note c2': noteOf('c2', 'two') });
});
