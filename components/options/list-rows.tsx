/** A list that can be added to: its rows, those that were just removed in their places, and the button that adds. */
import { useSignal } from '@preact/signals';
import type { ComponentChildren, JSX } from 'preact';
import { type MessageKey, words } from '../../utils/browser/runtime.ts';
import type { EditableList } from './editable-list.ts';
import type { Identified } from './removed-items.ts';
import { RemovedRow } from './removed-row.tsx';

/** How a row stands in its list. */
export type RowPlace = {
  /** What it is called: its name, or its place in the list. */
  title: string;
  isNew: boolean;
  takesFocus: boolean;
};

type ListRowsProps<Item extends Identified> = {
  list: EditableList<Item>;
  /** Each row carries its id in `data-<kind>`. */
  kind: 'profile' | 'template' | 'pattern';
  titleOf(item: Item): string;
  row(item: Item, place: RowPlace): ComponentChildren;
  /** Of the button that adds. */
  addId: string;
  none: MessageKey;
  add: MessageKey;
  full: MessageKey;
};

export function ListRows<Item extends Identified>(props: ListRowsProps<Item>): JSX.Element {
  const { list, kind, titleOf, row, addId, none, add, full } = props;
  const added = useSignal<readonly string[]>([]);
  /** Whose row takes the focus when it comes. */
  const focused = useSignal<string | undefined>(undefined);
  const rows = list.rows.value;
  return (
    <>
      {rows.length === 0 ? <p class="hint">{words(none)}</p> : null}
      <ul class="rows">
        {rows.map(({ item, isRemoved }) => (
          <li key={item.id} {...{ [`data-${kind}`]: item.id }}>
            {isRemoved ? (
              <RemovedRow
                id={item.id}
                title={titleOf(item)}
                restore={() => {
                  focused.value = item.id;
                  list.restore(item.id);
                }}
                forget={() => list.forget(item.id)}
              />
            ) : (
              row(item, {
                title: titleOf(item),
                isNew: added.value.includes(item.id),
                takesFocus: focused.value === item.id,
              })
            )}
          </li>
        ))}
      </ul>
      <div class="add">
        <button
          id={addId}
          class="secondary"
          type="button"
          disabled={list.isFull.value}
          onClick={() => {
            const id = list.add();
            added.value = [...added.value, id];
            focused.value = id;
          }}
        >
          {words(add)}
        </button>
        <p class="hint" role="status">
          {list.isFull.value ? words(full, list.max) : ''}
        </p>
      </div>
    </>
  );
}

/** Its name, or its place in the list where it has none. */
export function titleIn<Item extends Identified & { name: string }>(
  list: EditableList<Item>,
  item: Item,
  numbered: MessageKey,
): string {
  const place = list.rows.value.findIndex((row) => row.item.id === item.id) + 1;
  return item.name.trim() || words(numbered, place);
}
