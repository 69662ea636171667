/** The dialog in which a model of the browser's is asked, works, and shows what it made: marked as made by a machine. */
import { useSignal } from '@preact/signals';
import type { ComponentChildren, JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { words } from '../../utils/browser/runtime.ts';
import { htmlOfText } from '../../utils/transcript/formats/html-text.ts';
import { CloseIcon } from '../icons.tsx';
import { copyText } from './copy-text.ts';
import { MachineLanguages } from './machine-languages.tsx';
import { busyShare, busyWords, failureWords, machineTitles } from './machine-words.ts';
import type { MachineState, MachineWork } from './machine-work.ts';
import { WhatToDo } from './what-to-do.tsx';

type Shown = Exclude<MachineState, { name: 'closed' }>;

type MachineDialogProps = {
  work: MachineWork;
  /** Whom the call is with. */
  callName: string;
  /** The call's text, redacted. */
  write(): string;
  /** Puts it into the call's note; `undefined` where that call is no longer shown. */
  addToNote: ((text: string) => void) | undefined;
};

export function MachineDialog(props: MachineDialogProps): JSX.Element | null {
  const state = props.work.state.value;
  return state.name === 'closed' ? null : <OpenDialog {...props} state={state} />;
}

function OpenDialog(props: MachineDialogProps & { state: Shown }): JSX.Element {
  const { work, callName, state } = props;
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    const shown = dialog.current;
    shown?.showModal();
    // Closed before it goes, so that the browser gives the focus back to where it was.
    return () => shown?.close();
  }, []);
  return (
    <dialog
      class="machine"
      ref={dialog}
      aria-labelledby="machine-title"
      data-machine={state.name}
      onKeyDown={(event) => event.stopPropagation()}
      onCancel={(event) => {
        event.preventDefault();
        work.stop();
      }}
    >
      <header>
        <h2 id="machine-title">
          {words(machineTitles[state.task.kind])} <bdi>{callName}</bdi>
        </h2>
        <button
          class="icon"
          type="button"
          title={words('machineClose')}
          aria-label={words('machineClose')}
          onClick={work.stop}
        >
          <CloseIcon />
        </button>
      </header>
      <Body {...props} />
    </dialog>
  );
}

function Body({ work, write, addToNote, state }: MachineDialogProps & { state: Shown }): JSX.Element {
  const isEmpty = useSignal(false);

  function start(): void {
    const text = write();
    isEmpty.value = text.trim() === '';
    if (!isEmpty.value) void work.start(text);
  }

  switch (state.name) {
    case 'asks':
      return <Asking work={work} state={state} start={start} isEmpty={isEmpty.value} />;
    case 'loading':
    case 'working':
      return (
        <>
          <p role="status">{busyWords(state)}</p>
          <progress aria-label={words('machineWorking')} value={busyShare(state)} />
          <Actions>
            <button class="secondary" type="button" data-machine-stop onClick={work.stop}>
              {words('machineStop')}
            </button>
          </Actions>
        </>
      );
    case 'done':
      return <Result text={state.text} language={languageOfResult(state)} addToNote={addToNote} />;
    case 'failed':
      return (
        <>
          <p class="bad" role="alert" data-reason={state.reason}>
            {words(failureWords[state.reason])} <WhatToDo topic="machine" />
          </p>
          <Actions>
            <button class="secondary" type="button" onClick={() => void work.prepare(state.task)}>
              {words('changesRetry')}
            </button>
          </Actions>
        </>
      );
  }
}

type AskingProps = {
  work: MachineWork;
  state: Extract<MachineState, { name: 'asks' }>;
  start(): void;
  isEmpty: boolean;
};

function Asking({ work, state: { task, readiness }, start, isEmpty }: AskingProps): JSX.Element {
  return (
    <>
      <p>{words('machineStays')}</p>
      {task.kind === 'translation' ? (
        <MachineLanguages
          from={task.from}
          to={task.to}
          choose={(pair) => void work.prepare({ kind: 'translation', ...pair })}
        />
      ) : null}
      <p role="status" data-readiness={readiness}>
        {isEmpty ? words('machineEmpty') : null}
        {readiness === undefined ? words('machineLooking') : null}
        {readiness === 'download' ? words('machineDownload') : null}
        {readiness === 'none' ? (
          <>
            {words('machineNone')} <WhatToDo topic="machine" />
          </>
        ) : null}
      </p>
      <Actions>
        <button
          class="primary"
          type="button"
          data-machine-start
          disabled={readiness === undefined || readiness === 'none'}
          onClick={start}
        >
          {words(readiness === 'download' ? 'machineDownloadStart' : 'machineStart')}
        </button>
      </Actions>
    </>
  );
}

type ResultProps = { text: string; language: string; addToNote: ((text: string) => void) | undefined };

function Result({ text, language, addToNote }: ResultProps): JSX.Element {
  const said = useSignal('');
  return (
    <>
      <p class="machine-mark">{words('machineMark')}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard */}
      <section class="machine-text" aria-labelledby="machine-title" tabIndex={0}>
        <div lang={language} dir="auto" data-machine-text>
          {text}
        </div>
      </section>
      <Actions>
        <span role="status">{said.value}</span>
        <button
          class="secondary"
          type="button"
          onClick={() => {
            const copied = copyText(document, { text, html: htmlOfText(text) });
            said.value = words(copied ? 'copied' : 'copyFailed');
          }}
        >
          {words('machineCopy')}
        </button>
        {addToNote === undefined ? null : (
          <button
            class="primary"
            type="button"
            onClick={() => {
              addToNote(text);
              said.value = words('machineAdded');
            }}
          >
            {words('machineAddToNote')}
          </button>
        )}
      </Actions>
    </>
  );
}

function Actions({ children }: { children: ComponentChildren }): JSX.Element {
  return <div class="machine-actions">{children}</div>;
}

function languageOfResult({ task }: Shown): string {
  return task.kind === 'summary' ? task.language : task.to;
}
