/** The note for the ticket under the transcript: pinned lines and text of the agent's own, and where they go. */
import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import { words } from '../../utils/browser/runtime.ts';
import { formatOffset } from '../../utils/transcript/format-line.ts';
import type { Written } from '../../utils/transcript/formats/format.ts';
import type { NoteItem, PinnedLine } from '../../utils/transcript/note.ts';
import { entriesAround } from './call-entries.ts';
import type { CallModel } from './call-model.ts';
import { copiedNotice } from './copied-notice.ts';
import { InsertButton, InsertQuestion } from './insert-button.tsx';
import { NoteCopy } from './note-copy.tsx';
import { createNoteDrag, type Held } from './note-drag.ts';
import { NoteHead } from './note-head.tsx';
import { NoteRow, type RowActions } from './note-row.tsx';
import type { SidebarState } from './sidebar-state.ts';
import { speakerLabel } from './speaker-label.ts';
import { useLabels } from './use-labels.ts';
import { asSaid, type WriteOut, type WrittenOut } from './write-out.ts';

type NotePanelProps = {
  state: SidebarState;
  call: CallModel;
  writeOut: WriteOut;
  /** `false`: nothing is on the clipboard. */
  putOnClipboard(written: Written): boolean;
};

export function NotePanel({ state, call, writeOut, putOnClipboard }: NotePanelProps): JSX.Element {
  const { notes, insertion, notify, page } = state;
  const items = notes.items.value;
  const folded = useSignal(false);
  const current = useSignal<string | undefined>(undefined);
  /** The item to focus as soon as it is painted. */
  const next = useRef<string | undefined>(undefined);
  const list = useRef<HTMLUListElement>(null);
  /** Paints also where the note itself stays as it is, for the focus to go on. */
  const paint = useSignal(0);
  paint.value;
  const freshId = useRef(notes.newId());
  if (items.some(({ id }) => id === freshId.current)) freshId.current = notes.newId();
  const isEmpty = !items.some((item) => item.kind === 'line' || item.text.trim() !== '');
  const { startedAtMs } = call;
  const labels = useLabels(call).value;
  const drag = useMemo(() => createNoteDrag(() => list.current, drop), []);
  const held = drag.held.value;

  useLayoutEffect(() => {
    if (next.current === undefined) return;
    const row = [...(list.current?.children ?? [])].find((child) => idOf(child) === next.current);
    next.current = undefined;
    row?.querySelector<HTMLElement>('.note-words, textarea')?.focus();
  });

  function drop({ id, to }: Held): void {
    notes.move(id, to);
    notify({ text: words('noteMoved', to + 1, notes.items.peek().length), tone: 'done' });
  }

  function undo(): void {
    if (notes.undo()) notify({ text: words('noteUndone'), tone: 'done' });
  }

  function offerUndo(text: string): void {
    notify({ text, tone: 'done', action: { label: words('noteUndo'), run: undo } });
  }

  /** The note as it goes out; `undefined` and a word where there is none. */
  function written(): WrittenOut | undefined {
    notes.settle();
    const now = notes.items.peek();
    if (now.length === 0) {
      notify({ text: words('insertNothing'), tone: 'done' });
      return undefined;
    }
    const pins = now.filter((item): item is PinnedLine => item.kind === 'line');
    const around = pins.flatMap((line) => entriesAround(call, [asSaid(line)]));
    return writeOut.note(call.summary.peek(), now, { around });
  }

  function insert(): void {
    if (insertion.state.peek().name === 'running') return;
    const note = written();
    if (note !== undefined) insertion.insert(note);
  }

  function copy(): void {
    const note = written();
    if (note !== undefined) {
      notify(copiedNotice(putOnClipboard(note), words('noteCopied'), note.hiddenCount));
    }
  }

  function actionsFor(item: NoteItem, at: number): RowActions {
    return {
      write: (text) => notes.write(item.id, text),
      rephrase: (own) => notes.rephrase(item.id, own),
      remove() {
        next.current = (items[at + 1] ?? items[at - 1])?.id ?? FRESH;
        notes.remove(item.id);
        offerUndo(words('noteRemoved'));
      },
      move(by) {
        const to = at + by;
        if (to < 0 || to >= items.length) return;
        next.current = item.id;
        drop({ id: item.id, from: at, to });
      },
      writeBelow() {
        const below = items[at + 1];
        if (below === undefined) next.current = FRESH;
        else if (below.kind === 'text') next.current = below.id;
        else {
          next.current = notes.newId();
          notes.write(next.current, '', item.id);
        }
        paint.value += 1;
      },
      grip: (event) => drag.begin(event, item.id, at),
      full: () => notify({ text: words('noteTextFull'), tone: 'failed' }),
    };
  }

  function takeKey(event: KeyboardEvent): void {
    const { key, ctrlKey, metaKey, altKey, shiftKey, target } = event;
    const isTyping = target instanceof HTMLTextAreaElement;
    const isCommand = (ctrlKey || metaKey) && !altKey;
    if (isCommand && key === 'Enter') insert();
    else if (isCommand && key.toLowerCase() === 'z' && !isTyping) takeBack(shiftKey);
    else {
      // What is typed is text, and no key of the sidebar's.
      if (isTyping && !isCommand) event.stopPropagation();
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  }

  function takeBack(again: boolean): void {
    if (!again) undo();
    else if (notes.redo()) notify({ text: words('noteRedone'), tone: 'done' });
  }

  const rows: readonly NoteItem[] =
    items.at(-1)?.kind === 'text' ? items : [...items, { kind: 'text', id: freshId.current, text: '' }];
  const currentId = items.some(({ id }) => id === current.value) ? current.value : items[0]?.id;
  const said = (line: PinnedLine) =>
    `${speakerLabel(asSaid(line), labels)} ${formatOffset(line.atMs - startedAtMs)}:`;

  return (
    <section class="note" data-note aria-label={words('noteTitle')} onKeyDown={takeKey}>
      <NoteHead
        notes={notes}
        folded={folded}
        clear={() => {
          next.current = FRESH;
          notes.clear();
          offerUndo(words('noteCleared'));
        }}
      />
      {folded.value ? null : (
        <>
          <ul
            class="note-items"
            ref={list}
            aria-label={words('noteItems')}
            onFocusIn={({ target }) => {
              const row = target instanceof Element ? target.closest('li') : null;
              if (row !== null) current.value = idOf(row);
            }}
            onFocusOut={({ target }) => {
              if (target instanceof HTMLTextAreaElement) notes.settle();
            }}
          >
            {rows.map((item, at) => (
              <NoteRow
                key={item.id}
                item={item}
                said={said}
                placeholder={at === rows.length - 1 ? words(isEmpty ? 'noteEmpty' : 'noteAdd') : undefined}
                isFresh={at >= items.length}
                isCurrent={item.id === currentId}
                drop={held === undefined ? undefined : dropAt(held, item.id, at)}
                actions={actionsFor(item, at)}
              />
            ))}
          </ul>
          <div class="note-actions">
            <InsertButton insertion={insertion} page={page.value} isEmpty={isEmpty} insert={insert} />
            <NoteCopy isEmpty={isEmpty} copy={copy} />
          </div>
        </>
      )}
      <InsertQuestion insertion={insertion} page={page.value} />
    </section>
  );
}

/** Stands for the field at the end, which is no item yet. */
const FRESH = '';

function idOf(row: Element): string {
  return (row instanceof HTMLElement && row.dataset['item']) || FRESH;
}

function dropAt(held: Held, id: string, at: number): 'before' | 'after' | 'held' | undefined {
  if (id === held.id) return 'held';
  if (held.to === at) return held.to < held.from ? 'before' : held.to > held.from ? 'after' : undefined;
  return undefined;
}
