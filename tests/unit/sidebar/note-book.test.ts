import { effect, signal } from '@preact/signals';
import { describe, expect, test } from 'vitest';
import {
  type CallModel,
  createCall,
  dropBefore,
  putEntries,
} from '../../../components/sidebar/call-model.ts';
import { createNoteBook } from '../../../components/sidebar/note-book.ts';
import { tellNotes } from '../../../components/sidebar/note-teller.ts';
import type { FromSidebar } from '../../../utils/messaging/sidebar-port.ts';
import { MAX_NOTE_ITEMS, MAX_NOTE_TEXT_LENGTH, type Note } from '../../../utils/transcript/note.ts';
import { createHandClock } from '../background/hand-clock.ts';
import { change, line, lines } from './call-changes.ts';

const TELL_AFTER_MS = 250;

function callOf(id: string, startedAtMs = 1): CallModel {
  const call = createCall(change(id, [], { startedAtMs }).call);
  putEntries(call, lines(0, 120));
  return call;
}

function setUp() {
  const call = callOf('c1');
  const calls = signal<readonly CallModel[]>([call]);
  const shown = signal<CallModel | undefined>(call);
  const refused: string[] = [];
  const said: Note[] = [];
  const clock = createHandClock();
  const link = { isOpen: true };
  let count = 0;
  const notes = createNoteBook({
    shown,
    calls,
    newId: () => `n${count++}`,
    refuse: (reason) => refused.push(reason),
  });
  const tellNow = tellNotes({
    notes,
    say(message: FromSidebar) {
      if (link.isOpen && message.type === 'note') said.push(message.note);
      return link.isOpen;
    },
    setTimer: clock.setTimer,
  });
  return {
    ...{ call, calls, shown, notes, refused, said, clock, link, tellNow },
    words: () =>
      notes.items.value.map((item) => (item.kind === 'line' ? (item.own ?? item.text) : item.text)),
  };
}

function noteOf(...texts: string[]): Note {
  return {
    callId: 'c1',
    callStartedAtMs: 1,
    items: texts.map((text, at) => ({ kind: 'text', id: `e${at}`, text })),
  };
}

test('a line that comes wakes nothing of the note, which every chunk of the call looks at', () => {
  const { summary, ...call } = callOf('c1');
  const watchers: string[] = [];
  const watched = signal(summary.value, { watched: () => watchers.push('one') });
  const notes = createNoteBook({
    shown: signal<CallModel | undefined>({ ...call, summary: watched }),
    calls: signal([{ ...call, summary: watched }]),
    newId: () => 'n',
    refuse: () => {},
  });
  const stop = effect(() => void notes.pinned.value);
  expect(watchers).toEqual([]);
  stop();
});

describe('pins', () => {
  test('stand at the end, in the order of their lines, also after text', () => {
    const { notes, words } = setUp();
    notes.togglePins([line(5)]);
    notes.write('t', 'own words');
    notes.togglePins([line(2), line(3)]);
    expect(words()).toEqual(['line 5', 'own words', 'line 2', 'line 3']);
    expect([...notes.pinned.value]).toEqual([5, 2, 3]);
  });

  test('of which some are there: the others are added; of which all are there: all go', () => {
    const { notes, words } = setUp();
    notes.togglePins([line(1)]);
    notes.togglePins([line(1), line(2)]);
    expect(words()).toEqual(['line 1', 'line 2']);
    notes.togglePins([line(2), line(1)]);
    expect(words()).toEqual([]);
  });

  test('follow their line while it is heard better, and that is no step to take back', () => {
    const { call, notes, words } = setUp();
    notes.togglePins([line(119)]);
    putEntries(call, [line(119, 'caller', 'line 119 and more')]);
    expect(words()).toEqual(['line 119 and more']);
    notes.undo();
    expect(words()).toEqual([]);
  });

  test('keep what they say when the call lets its line go', () => {
    const { call, notes, words } = setUp();
    notes.togglePins([line(3)]);
    dropBefore(call, 100);
    expect(words()).toEqual(['line 3']);
  });

  test('do not take the words of another line that came to their index after a loss', () => {
    const { call, notes, words } = setUp();
    notes.togglePins([line(119)]);
    putEntries(call, [{ ...line(119, 'caller', 'somebody else'), atMs: 7_000 }]);
    expect(words()).toEqual(['line 119']);
  });

  test('with other words keep them, and give the line back when they are taken away', () => {
    const { call, notes, words } = setUp();
    notes.togglePins([line(119)]);
    notes.rephrase('n0', 'my words');
    putEntries(call, [line(119, 'caller', 'heard better')]);
    expect(words()).toEqual(['my words']);
    notes.rephrase('n0', undefined);
    expect(words()).toEqual(['heard better']);
  });

  test.each(['line 119', '', '  '])('with %j instead have no other words', (own) => {
    const { notes } = setUp();
    notes.togglePins([line(119)]);
    notes.rephrase('n0', own);
    expect(notes.items.value[0]).not.toHaveProperty('own');
  });
});

describe('a note', () => {
  test('takes text between any two items', () => {
    const { notes, words } = setUp();
    notes.togglePins([line(0), line(1)]);
    notes.write('t', 'between', 'n0');
    expect(words()).toEqual(['line 0', 'between', 'line 1']);
  });

  test.each([
    [0, ['line 2', 'line 0', 'line 1']],
    [1, ['line 0', 'line 2', 'line 1']],
    [-5, ['line 2', 'line 0', 'line 1']],
    [9, ['line 0', 'line 1', 'line 2']],
  ])('has its last item moved to %d', (to, expected) => {
    const { notes, words } = setUp();
    notes.togglePins([line(0), line(1), line(2)]);
    notes.move('n2', to);
    expect(words()).toEqual(expected);
  });

  test('takes every change back and makes it again', () => {
    const { notes, words } = setUp();
    notes.togglePins([line(0)]);
    notes.write('t', 'a');
    notes.write('t', 'ab');
    notes.settle();
    notes.move('t', 0);
    notes.remove('n0');
    notes.clear();
    const seen = [];
    while (notes.undo()) seen.push(words());
    expect(seen).toEqual([['ab'], ['ab', 'line 0'], ['line 0', 'ab'], ['line 0'], []]);
    while (notes.redo()) seen.push(words());
    expect(words()).toEqual([]);
    expect(seen.length).toBe(10);
  });

  test('lets text without a word go when its field is left', () => {
    const { notes, words } = setUp();
    notes.write('t', 'word');
    notes.write('t', '  ');
    notes.settle();
    expect(words()).toEqual([]);
  });

  test('says that it is full, and stays as it is', () => {
    const { notes, refused, words } = setUp();
    for (let at = 0; at < MAX_NOTE_ITEMS; at += 1) notes.write(`t${at}`, 'x');
    notes.togglePins([line(0)]);
    notes.write('t0', 'x'.repeat(MAX_NOTE_TEXT_LENGTH));
    notes.write('t1', 'x'.repeat(MAX_NOTE_TEXT_LENGTH + 1));
    expect(refused).toEqual(['items', 'text']);
    expect([words().length, words()[1]]).toEqual([MAX_NOTE_ITEMS, 'x']);
  });

  test('is one a call: another call has another, also under the same id', () => {
    const { notes, calls, shown, call, words } = setUp();
    notes.write('t', 'first');
    const again = callOf('c1', 2);
    calls.value = [call, again];
    shown.value = again;
    expect(words()).toEqual([]);
    shown.value = call;
    expect(words()).toEqual(['first']);
  });

  test('goes with its call', () => {
    const { notes, calls, call, words } = setUp();
    notes.write('t', 'first');
    calls.value = [];
    calls.value = [call];
    expect(words()).toEqual([]);
  });
});

describe('changes', () => {
  test('are told together a moment later, as they are by then', async () => {
    const { notes, said, clock } = setUp();
    for (const text of ['h', 'ha', 'hal']) notes.write('t', text);
    expect(said).toEqual([]);
    await clock.elapse(TELL_AFTER_MS);
    expect(said).toEqual([
      { callId: 'c1', callStartedAtMs: 1, items: [{ kind: 'text', id: 't', text: 'hal' }] },
    ]);
    expect(notes.untold.value).toEqual([]);
  });

  test('are told at once by a page that goes', () => {
    const { notes, said, tellNow } = setUp();
    notes.write('t', 'last words');
    tellNow();
    expect(said.length).toBe(1);
  });

  test('are told again until somebody hears them', async () => {
    const { notes, said, clock, link } = setUp();
    link.isOpen = false;
    notes.write('t', 'words');
    await clock.elapse(3 * TELL_AFTER_MS);
    expect(notes.untold.value.length).toBe(1);
    link.isOpen = true;
    await clock.elapse(TELL_AFTER_MS);
    expect(said.length).toBe(1);
  });

  test('of the demo call are told to nobody', async () => {
    const { notes, said, clock, shown } = setUp();
    shown.value = callOf('demo');
    notes.togglePins([line(0)]);
    await clock.elapse(TELL_AFTER_MS);
    expect([said, notes.isKept.value]).toEqual([[], false]);
  });

  test('that are taken back to an empty note are told too', async () => {
    const { notes, said, clock } = setUp();
    notes.write('t', 'words');
    await clock.elapse(TELL_AFTER_MS);
    notes.undo();
    await clock.elapse(TELL_AFTER_MS);
    expect(said.at(-1)?.items).toEqual([]);
  });
});

describe('what another sidebar told', () => {
  test('is shown, told to nobody, and taken back like an own change', () => {
    const { notes, said, words, tellNow } = setUp();
    notes.take([noteOf('kept')]);
    expect(words()).toEqual(['kept']);
    notes.take([noteOf('kept', 'm')]);
    notes.take([noteOf('kept', 'more')]);
    tellNow();
    expect([words(), said]).toEqual([['kept', 'more'], []]);
    notes.undo();
    expect(words()).toEqual(['kept']);
  });

  test('is older than what was changed here and not told yet', () => {
    const { notes, words, tellNow } = setUp();
    notes.write('t', 'mine');
    notes.take([noteOf('theirs')]);
    expect(words()).toEqual(['mine']);
    tellNow();
    notes.take([noteOf('theirs')]);
    expect(words()).toEqual(['theirs']);
  });
});
