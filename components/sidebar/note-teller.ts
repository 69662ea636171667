/** Tells the background of changed notes, so that they are kept and other sidebars show them. */
import { effect } from '@preact/signals';
import type { FromSidebar } from '../../utils/messaging/sidebar-port.ts';
import type { NoteBook } from './note-book.ts';

const TELL_AFTER_MS = 250;

export type NoteTellerDeps = {
  notes: Pick<NoteBook, 'untold' | 'told'>;
  /** `false`: nobody heard it. */
  say(message: FromSidebar): boolean;
  setTimer(run: () => void, ms: number): unknown;
};

/**
 * Changes are gathered for a moment; what was not heard is told again. Returns what tells at once, for a page that is
 * about to go.
 */
export function tellNotes({ notes, say, setTimer }: NoteTellerDeps): () => void {
  let waiting = false;

  function tell(): void {
    waiting = false;
    for (const note of notes.untold.peek()) {
      if (say({ type: 'note', note })) notes.told(note);
    }
    if (notes.untold.peek().length > 0) tellLater();
  }

  function tellLater(): void {
    if (waiting) return;
    waiting = true;
    setTimer(tell, TELL_AFTER_MS);
  }

  effect(() => {
    if (notes.untold.value.length > 0) tellLater();
  });

  return tell;
}
