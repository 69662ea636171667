/** What can be done with lines of a call: copy, pin, insert; each says by itself whether it worked. */
import { words } from '../../utils/browser/runtime.ts';
import type { Entry, LineEntry } from '../../utils/transcript/call.ts';
import type { Written } from '../../utils/transcript/formats/format.ts';
import { entriesAround, isLine } from './call-entries.ts';
import type { CallModel } from './call-model.ts';
import { copiedNotice } from './copied-notice.ts';
import type { Insertion } from './insertion.ts';
import type { NoteBook } from './note-book.ts';
import type { SidebarState } from './sidebar-state.ts';
import type { EntriesOptions, WriteOut, WrittenOut } from './write-out.ts';

export type LineActions = {
  /** `false`: the browser did not let it happen. */
  copy(entries: readonly Entry[], options?: Pick<EntriesOptions, 'whole'>): boolean;
  /** Pins lines, or takes them out of the note where all of them are pinned. */
  togglePins(lines: readonly LineEntry[]): void;
  insert(entries: readonly Entry[]): void;
};

type ActionsDeps = {
  call: CallModel;
  writeOut: WriteOut;
  notes: Pick<NoteBook, 'pinned' | 'togglePins'>;
  insertion: Pick<Insertion, 'insert'>;
  notify: SidebarState['notify'];
  /** `false`: nothing is on the clipboard. */
  putOnClipboard(written: Written): boolean;
};

export function createLineActions(deps: ActionsDeps): LineActions {
  const { call, writeOut, notes, insertion, notify, putOnClipboard } = deps;

  function write(entries: readonly Entry[], options: EntriesOptions = {}): WrittenOut {
    const around = entriesAround(call, entries);
    return writeOut.entries(call.summary.peek(), entries, { ...options, around });
  }

  return {
    copy(entries, options) {
      if (entries.length === 0) return false;
      const written = write(entries, options);
      const isCopied = putOnClipboard(written);
      notify(copiedNotice(isCopied, copiedWords(entries.filter(isLine).length), written.hiddenCount));
      return isCopied;
    },
    togglePins(lines) {
      if (lines.length === 0) return;
      const wasPinned = areAllPinned(lines, notes.pinned.peek());
      notes.togglePins(lines);
      // Where nothing changed, the note is full and says so itself.
      if (areAllPinned(lines, notes.pinned.peek()) === wasPinned) return;
      notify({ text: wasPinned ? words('unpinned') : pinnedWords(lines.length), tone: 'done' });
    },
    insert(entries) {
      if (entries.length > 0) insertion.insert(write(entries));
    },
  };
}

export function areAllPinned(lines: readonly LineEntry[], pinned: ReadonlySet<number>): boolean {
  return lines.every(({ index }) => pinned.has(index));
}

function copiedWords(lineCount: number): string {
  return lineCount > 1 ? words('copiedLines', lineCount) : words('copied');
}

function pinnedWords(lineCount: number): string {
  return lineCount > 1 ? words('pinnedLines', lineCount) : words('pinnedOne');
}
