/** The notes of the calls: one draft a call, changed by this sidebar or another, with its own undo. */
import { computed, effect, type ReadonlySignal, signal, untracked } from '@preact/signals';
import type { LineEntry } from '../../utils/transcript/call.ts';
import {
  MAX_NOTE_ITEMS,
  MAX_NOTE_TEXT_LENGTH,
  type Note,
  type NoteItem,
} from '../../utils/transcript/note.ts';
import type { CallModel } from './call-model.ts';
import { beginHistory, change, type NoteHistory, redo, refresh, settle, undo } from './note-history.ts';
import { hearBetter, isSameNote, moveItem, pinsOf, rephrase, writeText } from './note-items.ts';

export type NoteBook = {
  /** The items for the shown call. */
  items: ReadonlySignal<readonly NoteItem[]>;
  /** Indexes of the lines of the shown call that are pinned. */
  pinned: ReadonlySignal<ReadonlySet<number>>;
  /**
   * Pins lines of the shown call, in their order, or takes the pins away where all of them are pinned. New pins stand
   * at the end: a note follows the agent's thought, not the clock.
   */
  togglePins(lines: readonly LineEntry[]): void;
  /** Notes as another sidebar, or an earlier life of this one, left them. */
  take(notes: readonly Note[]): void;

  /** Text of the agent's own; one that is new stands after `afterId`, or at the end. */
  write(id: string, text: string, afterId?: string): void;
  /** Other words for a pinned line; `undefined`: its own again. */
  rephrase(id: string, own: string | undefined): void;
  remove(id: string): void;
  /** Puts an item where the one at `to` stands now. */
  move(id: string, to: number): void;
  clear(): void;
  /** The agent has left a field: text without a word goes, and the next change is a step of its own. */
  settle(): void;
  /** `false` where there is nothing to take back. */
  undo(): boolean;
  redo(): boolean;

  /** Notes that nobody else knows yet; the demo call's is never among them. */
  untold: ReadonlySignal<readonly Note[]>;
  told(note: Note): void;
  /** Whether the shown call's note is kept: `false` in the demo call. */
  isKept: ReadonlySignal<boolean>;
  /** For an item that is about to be written. */
  newId(): string;
};

export type NoteBookDeps = {
  shown: ReadonlySignal<CallModel | undefined>;
  /** The calls that notes are kept of: not the demo's. */
  calls: ReadonlySignal<readonly CallModel[]>;
  newId(): string;
  /** A note cannot take this: it has as many items as it may, or a text is as long as it may be. */
  refuse(reason: 'items' | 'text'): void;
};

type Draft = { callId: string; startedAtMs: number; history: NoteHistory; untold: boolean };

/** Changes that another sidebar made in a row are taken back together. */
const ELSEWHERE = ' elsewhere';

export function createNoteBook({ shown, calls, newId, refuse }: NoteBookDeps): NoteBook {
  const drafts = signal<ReadonlyMap<string, Draft>>(new Map());
  const shownKey = computed(() => {
    const call = shown.value;
    return call === undefined ? undefined : keyOf(call.id, call.startedAtMs);
  });
  const items = computed(() => draftOf(shownKey.value)?.history.now ?? []);
  const isKept = computed(() => shown.value !== undefined && calls.value.includes(shown.value));

  function draftOf(key: string | undefined): Draft | undefined {
    return key === undefined ? undefined : drafts.value.get(key);
  }

  function put(draft: Draft): void {
    drafts.value = new Map(drafts.peek()).set(keyOf(draft.callId, draft.startedAtMs), draft);
  }

  /** Changes the shown call's draft; `false` where the step changes nothing. */
  function step(next: (history: NoteHistory) => NoteHistory): boolean {
    const call = shown.peek();
    if (call === undefined) return false;
    const known = drafts.peek().get(keyOf(call.id, call.startedAtMs));
    const before = known?.history ?? beginHistory([]);
    const history = next(before);
    if (history === before) return false;
    const isChanged = history.now !== before.now;
    const untold = (known?.untold ?? false) || (isChanged && isKept.peek());
    put({ callId: call.id, startedAtMs: call.startedAtMs, history, untold });
    return isChanged;
  }

  function edit(next: (items: readonly NoteItem[]) => readonly NoteItem[], about?: string): void {
    step((history) => {
      const now = next(history.now);
      if (now === history.now) return history;
      const reason = overfull(history.now, now);
      if (reason === undefined) return change(history, now, about);
      refuse(reason);
      return history;
    });
  }

  function togglePins(lines: readonly LineEntry[]): void {
    const pins = pinsOf(untracked(() => items.value));
    const fresh = lines.filter(({ index }) => !pins.has(index));
    if (fresh.length > 0) {
      edit((known) => [
        ...known,
        ...fresh.map(
          ({ index, leg, speaker, atMs, text }): NoteItem => ({
            kind: 'line',
            id: newId(),
            index,
            leg,
            ...(speaker === undefined ? {} : { speaker }),
            atMs,
            text,
          }),
        ),
      ]);
    } else if (lines.length > 0) {
      const gone = new Set(lines.map(({ index }) => index));
      edit((known) => known.filter((item) => item.kind === 'text' || !gone.has(item.index)));
    }
  }

  function takeOne({ callId, callStartedAtMs, items: told }: Note): void {
    const known = drafts.peek().get(keyOf(callId, callStartedAtMs));
    // What was changed here and not told yet is newer.
    if (known?.untold) return;
    const draft = { callId, startedAtMs: callStartedAtMs, untold: false };
    if (known === undefined) return put({ ...draft, history: beginHistory(told) });
    const isSame = isSameNote(known.history.now, told);
    put({
      ...draft,
      history: isSame ? refresh(known.history, told) : change(known.history, told, ELSEWHERE),
    });
  }

  // A pinned line is what its line is, while the call has it.
  effect(() => {
    const call = shown.value;
    const key = shownKey.value;
    const draft = draftOf(key);
    if (call === undefined || draft === undefined) return;
    const now = hearBetter(draft.history.now, call);
    if (now === draft.history.now) return;
    const untold = draft.untold || isKept.peek();
    untracked(() => put({ ...draft, history: refresh(draft.history, now), untold }));
  });
  // With a call its note goes.
  let keptKeys: readonly string[] = [];
  effect(() => {
    const keys = calls.value.map(({ id, startedAtMs }) => keyOf(id, startedAtMs));
    const gone = keptKeys.filter((key) => !keys.includes(key));
    keptKeys = keys;
    if (gone.length === 0) return;
    const kept = new Map(drafts.peek());
    for (const key of gone) kept.delete(key);
    drafts.value = kept;
  });

  return {
    items,
    pinned: computed(() => pinsOf(items.value)),
    togglePins,
    take(notes) {
      for (const note of notes) takeOne(note);
    },
    write: (id, text, afterId) => edit((known) => writeText(known, { id, text, afterId }), id),
    rephrase: (id, own) => edit((known) => rephrase(known, id, own)),
    remove: (id) => edit((known) => known.filter((item) => item.id !== id)),
    move: (id, to) => edit((known) => moveItem(known, id, to)),
    clear: () => edit((known) => (known.length === 0 ? known : [])),
    settle() {
      step((history) => {
        const worded = history.now.filter((item) => item.kind === 'line' || item.text.trim() !== '');
        const settled = settle(history);
        return worded.length === history.now.length
          ? settled
          : settle(change(history, worded, history.about));
      });
    },
    undo: () => step(undo),
    redo: () => step(redo),
    untold: computed(() => [...drafts.value.values()].filter(({ untold }) => untold).map(noteOf)),
    told({ callId, callStartedAtMs, items: told }) {
      const draft = drafts.peek().get(keyOf(callId, callStartedAtMs));
      if (draft !== undefined && draft.history.now === told) put({ ...draft, untold: false });
    },
    isKept,
    newId,
  };
}

function keyOf(callId: string, startedAtMs: number): string {
  return `${startedAtMs} ${callId}`;
}

function noteOf({ callId, startedAtMs, history }: Draft): Note {
  return { callId, callStartedAtMs: startedAtMs, items: history.now as NoteItem[] };
}

/** What of it is more than a note may hold, and was not before. */
function overfull(before: readonly NoteItem[], now: readonly NoteItem[]): 'items' | 'text' | undefined {
  if (now.length > MAX_NOTE_ITEMS && now.length > before.length) return 'items';
  const isLong = (item: NoteItem) =>
    item.text.length > MAX_NOTE_TEXT_LENGTH ||
    (item.kind === 'line' && (item.own?.length ?? 0) > MAX_NOTE_TEXT_LENGTH);
  return now.some(isLong) ? 'text' : undefined;
}
