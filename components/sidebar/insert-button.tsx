/** Puts the note into the ticket: says where it goes before the click, asks where it may be the wrong ticket. */
import type { JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { words } from '../../utils/browser/runtime.ts';
import type { PageRecord } from '../../utils/messaging/surface.ts';
import type { Insertion } from './insertion.ts';
import { commandKey, pasteKeys } from './note-keys.ts';
import { targetName } from './note-target.ts';
import { WhatToDo } from './what-to-do.tsx';

type InsertButtonProps = {
  insertion: Insertion;
  page: PageRecord | undefined;
  isEmpty: boolean;
  insert(): void;
};

export function InsertButton({ insertion, page, isEmpty, insert }: InsertButtonProps): JSX.Element {
  const target = insertion.target.value;
  const isRunning = insertion.state.value.name === 'running';
  const where = target === undefined ? words('insertWhere') : targetName(target, page);
  return (
    <button
      class="insert"
      type="button"
      data-insert={target?.reach ?? 'none'}
      title={`${where} (${commandKey}+Enter)`}
      aria-disabled={isRunning || isEmpty}
      onClick={insert}
    >
      <b>{words(isRunning ? 'insertRunning' : 'insert')}</b>
      <small dir="auto">{isEmpty ? words('insertNothing') : where}</small>
    </button>
  );
}

/** What an insertion asks, or could not do, in its place; nothing while all is well. */
export function InsertQuestion({
  insertion,
  page,
}: Pick<InsertButtonProps, 'insertion' | 'page'>): JSX.Element | null {
  const state = insertion.state.value;
  const safe = useRef<HTMLButtonElement>(null);
  const isOpen = state.name === 'asking' || state.name === 'refused';
  useLayoutEffect(() => {
    if (!isOpen) return undefined;
    // Who types in the page's editor by now goes on there.
    if (!document.hasFocus()) return undefined;
    const before = document.activeElement;
    safe.current?.focus();
    return () => {
      // To the page's editor, where the note went, it went by itself.
      if (!document.hasFocus()) return;
      const back = before instanceof HTMLElement && before.isConnected && before !== document.body;
      (back ? before : document.querySelector<HTMLElement>('[data-insert]'))?.focus();
    };
  }, [isOpen]);

  if (state.name !== 'asking' && state.name !== 'refused') return null;
  const [question, more] =
    state.name === 'asking'
      ? [words('insertOther'), words('insertOtherWhere', targetName(state.target, page))]
      : [words(state.reason), words('insertCopyThen', pasteKeys)];
  return (
    <div
      class="insert-question"
      role="alertdialog"
      aria-labelledby="insert-question"
      aria-describedby="insert-more"
      data-question={state.name}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.preventDefault();
        event.stopPropagation();
        insertion.cancel();
      }}
    >
      <p id="insert-question">{question}</p>
      <p id="insert-more" dir="auto">
        {more}
      </p>
      {state.name === 'refused' ? <WhatToDo topic="insertion" /> : null}
      {state.name === 'asking' ? (
        <button type="button" class="plain" data-confirm onClick={insertion.confirm}>
          {words('insertAnyway')}
        </button>
      ) : (
        <button type="button" class="plain" ref={safe} data-confirm onClick={insertion.copyRefused}>
          {words('noteCopy')}
        </button>
      )}
      <button
        type="button"
        class="plain"
        ref={state.name === 'asking' ? safe : null}
        data-cancel
        onClick={insertion.cancel}
      >
        {words('insertCancel')}
      </button>
    </div>
  );
}
