/** One item of the note: a pinned line or text of the agent's own, with what can be done with it. */
import { useSignal } from '@preact/signals';
import type { ComponentChildren, JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { words } from '../../utils/browser/runtime.ts';
import type { NoteItem, PinnedLine } from '../../utils/transcript/note.ts';
import { CloseIcon } from '../icons.tsx';
import { NoteField } from './note-field.tsx';
import { GripIcon, RestoreIcon, WriteBelowIcon } from './note-icons.tsx';

export type RowActions = {
  write(text: string): void;
  rephrase(own: string | undefined): void;
  remove(): void;
  /** By so many places, down if positive. */
  move(by: number): void;
  writeBelow(): void;
  grip(event: PointerEvent): void;
  full(): void;
};

type NoteRowProps = {
  item: NoteItem;
  /** Who and when, of a pinned line. */
  said: (line: PinnedLine) => string;
  placeholder: string | undefined;
  /** Not in the note yet: the field at its end. */
  isFresh: boolean;
  /** Its buttons are walked to by Tab. */
  isCurrent: boolean;
  /** Where a held item would go: on this row's upper or lower edge; `held`: it is this one. */
  drop: 'before' | 'after' | 'held' | undefined;
  actions: RowActions;
};

export function NoteRow(props: NoteRowProps): JSX.Element {
  const { item, isFresh, drop, actions } = props;
  return (
    <li
      class={`note-item ${item.kind === 'line' ? item.leg : 'own'}`}
      data-item={isFresh ? undefined : item.id}
      data-kind={item.kind}
      data-drop={drop}
      onKeyDown={(event) => takeRowKey(event, actions)}
    >
      {isFresh ? null : (
        <button
          class="grip"
          type="button"
          tabIndex={-1}
          title={words('noteMove')}
          aria-label={words('noteMove')}
          onPointerDown={actions.grip}
        >
          <GripIcon />
        </button>
      )}
      {item.kind === 'line' ? <Pin {...props} line={item} /> : <Own {...props} text={item.text} />}
    </li>
  );
}

function Own({
  text,
  placeholder,
  isFresh,
  isCurrent,
  actions,
}: NoteRowProps & { text: string }): JSX.Element {
  return (
    <>
      <NoteField
        label={words(isFresh ? 'noteAdd' : 'noteText')}
        value={text}
        placeholder={placeholder}
        change={actions.write}
        full={actions.full}
      />
      {isFresh ? null : (
        <span class="note-tools">
          <Tool label={words('noteRemove')} isCurrent={isCurrent} run={actions.remove} name="remove">
            <CloseIcon />
          </Tool>
        </span>
      )}
    </>
  );
}

function Pin({ line, said, isCurrent, actions }: NoteRowProps & { line: PinnedLine }): JSX.Element {
  /** What is typed in its place, while it is. */
  const draft = useSignal<{ text: string; before: string | undefined } | undefined>(undefined);
  const root = useRef<HTMLDivElement>(null);
  const comesBack = useRef(false);
  const isEditing = draft.value !== undefined;

  useLayoutEffect(() => {
    if (isEditing) root.current?.querySelector('textarea')?.focus();
    else if (comesBack.current) root.current?.querySelector<HTMLElement>('.note-words')?.focus();
    comesBack.current = false;
  }, [isEditing]);

  function takeKey(event: KeyboardEvent): void {
    const isDone =
      event.key === 'Enter' && !event.shiftKey && !event.ctrlKey && !event.metaKey && !event.isComposing;
    if (!isDone && event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    if (!isDone) actions.rephrase(draft.peek()?.before);
    comesBack.current = true;
    draft.value = undefined;
  }

  return (
    <div class="note-pin" ref={root}>
      {draft.value === undefined ? (
        <button
          class="note-words"
          type="button"
          tabIndex={isCurrent ? 0 : -1}
          title={words('noteEdit')}
          onClick={() => {
            draft.value = { text: line.own ?? line.text, before: line.own };
          }}
        >
          <bdi class="said-by">{said(line)}</bdi> <bdi>{line.own ?? line.text}</bdi>
          {line.own === undefined ? null : <i class="note-edited"> {words('noteEdited')}</i>}
        </button>
      ) : (
        <div
          class="note-edit"
          onFocusOut={() => {
            draft.value = undefined;
          }}
        >
          <NoteField
            label={`${words('noteEdit')}: ${said(line)}`}
            value={draft.value.text}
            change={(text) => {
              draft.value = { text, before: draft.peek()?.before };
              actions.rephrase(text);
            }}
            full={actions.full}
            takeKey={takeKey}
          />
        </div>
      )}
      <span class="note-tools">
        {line.own === undefined ? null : (
          <Tool
            label={words('noteRestore')}
            isCurrent={isCurrent}
            name="restore"
            run={() => actions.rephrase(undefined)}
          >
            <RestoreIcon />
          </Tool>
        )}
        <Tool label={words('noteWriteBelow')} isCurrent={isCurrent} run={actions.writeBelow} name="below">
          <WriteBelowIcon />
        </Tool>
        <Tool label={words('noteRemove')} isCurrent={isCurrent} run={actions.remove} name="remove">
          <CloseIcon />
        </Tool>
      </span>
    </div>
  );
}

type ToolProps = {
  label: string;
  name: string;
  isCurrent: boolean;
  run(): void;
  children: ComponentChildren;
};

function Tool({ label, name, isCurrent, run, children }: ToolProps): JSX.Element {
  return (
    <button
      class="note-tool"
      type="button"
      data-tool={name}
      title={label}
      aria-label={label}
      tabIndex={isCurrent ? 0 : -1}
      onClick={run}
    >
      {children}
    </button>
  );
}

/** Alt and an arrow move the item; on its buttons Delete takes it out, and the arrows walk to the next. */
function takeRowKey(event: KeyboardEvent, { move, remove }: RowActions): void {
  const { key, altKey, ctrlKey, metaKey, target } = event;
  if (ctrlKey || metaKey) return;
  const isArrow = key === 'ArrowUp' || key === 'ArrowDown';
  if (altKey && isArrow) move(key === 'ArrowUp' ? -1 : 1);
  else if (target instanceof HTMLTextAreaElement) return;
  else if (key === 'Delete' || key === 'Backspace') remove();
  else if (isArrow)
    walk(event.currentTarget, key === 'ArrowUp' ? 'previousElementSibling' : 'nextElementSibling');
  else return;
  event.preventDefault();
}

function walk(row: EventTarget | null, way: 'previousElementSibling' | 'nextElementSibling'): void {
  if (row instanceof HTMLElement) row[way]?.querySelector<HTMLElement>('.note-words, textarea')?.focus();
}
