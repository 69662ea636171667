/** The changes of one note, to be taken back and made again. Pure: each step gives a new history. */
import type { NoteItem } from '../../utils/transcript/note.ts';

type Items = readonly NoteItem[];

export type NoteHistory = {
  past: readonly Items[];
  now: Items;
  future: readonly Items[];
  /** What the newest change was about: a change about the same joins it, so that a word typed is one step. */
  about: string | undefined;
};

/** Older ones can no longer be taken back. */
export const MAX_STEPS = 100;

export function beginHistory(now: Items): NoteHistory {
  return { past: [], now, future: [], about: undefined };
}

/** A change; `about` where several in a row are one. */
export function change(history: NoteHistory, now: Items, about?: string): NoteHistory {
  const joins = about !== undefined && about === history.about;
  const past = joins ? history.past : [...history.past, history.now].slice(-MAX_STEPS);
  return { past, now, future: [], about };
}

/** The next change is a step of its own. */
export function settle(history: NoteHistory): NoteHistory {
  return history.about === undefined ? history : { ...history, about: undefined };
}

/** What is no change of the note: a line that was heard better. */
export function refresh(history: NoteHistory, now: Items): NoteHistory {
  return { ...history, now };
}

/** The history itself where there is nothing to take back. */
export function undo(history: NoteHistory): NoteHistory {
  const before = history.past.at(-1);
  if (before === undefined) return history;
  return {
    past: history.past.slice(0, -1),
    now: before,
    future: [history.now, ...history.future],
    about: undefined,
  };
}

/** The history itself where nothing was taken back. */
export function redo(history: NoteHistory): NoteHistory {
  const [next, ...future] = history.future;
  if (next === undefined) return history;
  return { past: [...history.past, history.now], now: next, future, about: undefined };
}
