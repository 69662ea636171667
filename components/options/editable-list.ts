/** What can be done with a list among the preferences: add, change, remove, and have back what was removed. */
import { computed, type ReadonlySignal, signal } from '@preact/signals';
import type { Preferences } from '../../utils/settings/preferences.ts';
import type { PreferencesEditor } from './preferences-editor.ts';
import {
  type Identified,
  type RemovedItem,
  type Row,
  rememberItem,
  restoreItem,
  rowsOf,
} from './removed-items.ts';

export type EditableList<Item extends Identified> = {
  /** Those that were just removed stand where they stood. */
  rows: ReadonlySignal<readonly Row<Item>[]>;
  items: ReadonlySignal<readonly Item[]>;
  max: number;
  /** No other can be added; one that can still be had back keeps its place. */
  isFull: ReadonlySignal<boolean>;
  /** Adds an empty one and gives its id. */
  add(): string;
  /** Stores a choice. */
  edit(id: string, part: Partial<Omit<Item, 'id'>>): void;
  /** Stores what is typed, after a pause. */
  type(id: string, part: Partial<Omit<Item, 'id'>>): void;
  remove(id: string): void;
  /** Does nothing while the list is full. */
  restore(id: string): void;
  /** Gives up what was removed. */
  forget(id: string): void;
};

/** What a list needs of its page. */
export type ListDeps = {
  editor: Pick<PreferencesEditor, 'shown' | 'edit' | 'type'>;
  createId(): string;
};

type ListPlace<Item extends Identified> = {
  max: number;
  /** The list among the preferences. */
  read(preferences: Preferences): readonly Item[];
  /** What to store of the preferences as they are shown, so that the list is this one. */
  write(items: Item[], shown: Preferences): Partial<Preferences>;
  createEmpty(id: string, items: readonly Item[]): Item;
};

export function createEditableList<Item extends Identified>(
  { editor, createId }: ListDeps,
  { max, read, write, createEmpty }: ListPlace<Item>,
): EditableList<Item> {
  const removed = signal<readonly RemovedItem<Item>[]>([]);
  const items = computed(() => read(editor.shown.value));
  const rows = computed(() => rowsOf(items.value, removed.value));

  function stored(next: Item[]): Partial<Preferences> {
    return write(next, editor.shown.peek());
  }

  function changed(id: string, part: Partial<Omit<Item, 'id'>>): Partial<Preferences> {
    return stored(items.peek().map((item) => (item.id === id ? { ...item, ...part } : item)));
  }

  function forget(id: string): void {
    removed.value = removed.peek().filter(({ item }) => item.id !== id);
  }

  return {
    rows,
    items,
    max,
    isFull: computed(() => items.value.length + removed.value.length >= max),
    add() {
      const id = createId();
      editor.edit(stored([...items.peek(), createEmpty(id, items.peek())]));
      return id;
    },
    edit: (id, part) => editor.edit(changed(id, part)),
    type: (id, part) => editor.type(changed(id, part)),
    remove(id) {
      const gone = rememberItem(rows.peek(), id);
      if (gone === undefined) return;
      removed.value = [...removed.peek(), gone];
      editor.edit(stored(items.peek().filter((item) => item.id !== id)));
    },
    restore(id) {
      if (items.peek().length >= max) return;
      editor.edit(stored(restoreItem(items.peek(), removed.peek(), id)));
      forget(id);
    },
    forget,
  };
}
