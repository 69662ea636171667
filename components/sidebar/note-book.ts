/** The notes of the calls: one draft a call, changed by this sidebar or another, with its own undo. */
import type { ReadonlySignal } from '@preact/signals';
import type { LineEntry } from '../../utils/transcript/call.ts';
import type { Note, NoteItem } from '../../utils/transcript/note.ts';

export type NoteBook = {
  /** The items for the shown call. */
  items: ReadonlySignal<readonly NoteItem[]>;
  /** Indexes of the lines of the shown call that are pinned. */
  pinned: ReadonlySignal<ReadonlySet<number>>;
  /** Pins lines of the shown call, in their order, or takes the pins away where all of them are pinned. */
  togglePins(lines: readonly LineEntry[]): void;
  /** Notes as another sidebar, or an earlier life of this one, left them. */
  take(notes: readonly Note[]): void;
};
