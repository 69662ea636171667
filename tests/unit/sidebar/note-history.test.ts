import { describe, expect, test } from 'vitest';
import {
  beginHistory,
  change,
  MAX_STEPS,
  type NoteHistory,
  redo,
  refresh,
  settle,
  undo,
} from '../../../components/sidebar/note-history.ts';
import type { NoteItem } from '../../../utils/transcript/note.ts';

function texts(...said: string[]): NoteItem[] {
  return said.map((text) => ({ kind: 'text', id: text, text }));
}

function walk(history: NoteHistory, ...steps: ((history: NoteHistory) => NoteHistory)[]): NoteItem[] {
  return [...steps.reduce((last, step) => step(last), history).now];
}

const [one, two, three] = [texts('a'), texts('a', 'b'), texts('a', 'b', 'c')];
const full = change(change(change(beginHistory([]), one), two), three);

describe('a note', () => {
  test.each([
    ['one step back', [undo], two],
    ['back and again', [undo, redo], three],
    ['all the way back', [undo, undo, undo], []],
    ['no further back than its beginning', [undo, undo, undo, undo], []],
    ['no further on than its end', [undo, redo, redo], three],
    ['two back, one on', [undo, undo, redo], two],
  ] as const)('%s', (_, steps, expected) => {
    expect(walk(full, ...steps)).toEqual(expected);
  });

  test('that was changed anew goes no more to what was taken back', () => {
    const history = change(undo(full), texts('x'));
    expect(redo(history)).toBe(history);
  });

  test('says by the same history that nothing changed', () => {
    const empty = beginHistory([]);
    expect([undo(empty), redo(empty), settle(empty)]).toEqual([empty, empty, empty]);
  });
});

describe('changes in a row', () => {
  const typed = ['h', 'ha', 'hal'].reduce(
    (history, text) => change(history, [{ kind: 'text', id: '1', text }], '1'),
    beginHistory([]),
  );

  test('about the same are one step', () => {
    expect(walk(typed, undo)).toEqual([]);
  });

  test.each([
    ['after a pause', settle, '1'],
    ['about another', (history: NoteHistory) => history, '2'],
  ] as const)('%s are two', (_, pause, about) => {
    const later = change(pause(typed), texts('later'), about);
    expect(walk(later, undo)).toEqual(typed.now);
  });

  test('after one was taken back are a step of their own', () => {
    const again = change(undo(typed), texts('again'), '1');
    expect(walk(again, undo)).toEqual([]);
  });
});

test('a line that was heard better is no step', () => {
  expect(walk(refresh(full, texts('better')), undo)).toEqual(two);
});

test('the oldest steps are let go', () => {
  let history = beginHistory([]);
  for (let step = 0; step < MAX_STEPS + 20; step += 1) history = change(history, texts(String(step)));
  expect(history.past.length).toBe(MAX_STEPS);
});
