/** The note's title, by which it is folded; what is in it and whether it is kept. */
import type { Signal } from '@preact/signals';
import type { JSX } from 'preact';
import { words } from '../../utils/browser/runtime.ts';
import type { NoteBook } from './note-book.ts';

type NoteHeadProps = { notes: NoteBook; folded: Signal<boolean>; clear(): void };

export function NoteHead({ notes, folded, clear }: NoteHeadProps): JSX.Element {
  const items = notes.items.value;
  const isFolded = folded.value;
  return (
    <div class="note-head">
      <h2>
        <button
          type="button"
          class="note-title"
          aria-expanded={!isFolded}
          title={words(isFolded ? 'noteUnfold' : 'noteFold')}
          onClick={() => {
            folded.value = !isFolded;
          }}
        >
          <i class="caret" aria-hidden="true" />
          {words('noteTitle')}
        </button>
      </h2>
      <span class="note-facts" data-note-facts>
        {factsOf(notes)}
      </span>
      {items.length === 0 || isFolded ? null : (
        <button type="button" class="note-clear" onClick={clear}>
          {words('noteClear')}
        </button>
      )}
    </div>
  );
}

function factsOf({ items, pinned, isKept, untold }: NoteBook): string {
  if (items.value.length === 0) return '';
  const count = pinned.value.size;
  const pins = count === 0 ? [] : [count === 1 ? words('notePinnedOne') : words('notePinnedMany', count)];
  if (!isKept.value) return [...pins, words('noteDemo')].join(' · ');
  return [...pins, ...(untold.value.length === 0 ? [words('noteSaved')] : [])].join(' · ');
}
