/** What the browser's own models do with a call: entries of the menu, there only where the browser offers it. */
import { useComputed, useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useMemo } from 'preact/hooks';
import { createMachines } from '../../utils/browser/machine.ts';
import { uiLanguage, words } from '../../utils/browser/runtime.ts';
import { isWhole, wholeCall } from './call-entries.ts';
import type { CallModel } from './call-model.ts';
import { callName } from './call-state.ts';
import { useDesk } from './context.ts';
import { MachineDialog } from './machine-dialog.tsx';
import { findOffer, languageOf, type MachineOffer, noOffer } from './machine-offer.ts';
import { createMachineWork, type MachineTask } from './machine-work.ts';
import { MenuAction } from './menu.tsx';
import type { SidebarState } from './sidebar-state.ts';
import { createWriteOut } from './write-out.ts';

/** As much of a call as shows which language it is in, in UTF-16 units. */
const SAMPLE_LENGTH = 2_000;

export type MachineTools = {
  offer: MachineOffer;
  summarise(call: CallModel): void;
  translate(call: CallModel): void;
  dialog: JSX.Element;
};

export function useMachineTools({ model, notes, shown }: SidebarState): MachineTools {
  const desk = useDesk();
  const offer = useSignal(noOffer);
  const asked = useSignal<CallModel | undefined>(undefined);
  const machines = useMemo(() => createMachines(globalThis), []);
  const work = useMemo(() => createMachineWork(machines), []);
  const page = useComputed(() => model.value.page.value);
  // Times and a header are no part of what was said.
  const preferences = useComputed(() => ({
    ...desk.preferences.value,
    copyTimes: false,
    noteHeader: false,
  }));
  const { entries } = useMemo(
    () => createWriteOut({ preferences, page, nowMs: Date.now, locale: uiLanguage() }),
    [],
  );

  function write(call: CallModel): string {
    return entries(call.summary.peek(), wholeCall(call), { formatId: 'plain' }).text;
  }

  function ask(call: CallModel, task: MachineTask): void {
    asked.value = call;
    void work.prepare(task);
  }

  async function translate(call: CallModel): Promise<void> {
    const own = languageOf(uiLanguage());
    ask(call, translationTask(own === 'en' ? 'es' : 'en', own));
    const opened = work.state.peek();
    if (opened.name !== 'asks') return;
    const heard = await machines.detectLanguage(write(call).slice(0, SAMPLE_LENGTH));
    // What was chosen meanwhile counts.
    const now = work.state.peek();
    const isUntouched = now.name === 'asks' && now.task === opened.task;
    if (heard !== undefined && isUntouched) ask(call, translationTask(languageOf(heard), own));
  }

  useEffect(() => {
    void findOffer(machines, uiLanguage()).then((found) => {
      offer.value = found;
    });
    return work.stop;
  }, []);

  const call = asked.value;
  const isShown = call !== undefined && call === shown.value;
  return {
    offer: offer.value,
    summarise: (of) =>
      ask(of, { kind: 'summary', language: offer.peek().summaryLanguage ?? languageOf(uiLanguage()) }),
    translate: (of) => void translate(of),
    dialog: (
      <MachineDialog
        work={work}
        callName={call === undefined ? '' : callName(call.summary.value)}
        write={() => (call === undefined ? '' : write(call))}
        addToNote={isShown ? (text) => notes.write(notes.newId(), text) : undefined}
      />
    ),
  };
}

type MachineItemsProps = { tools: MachineTools; call: CallModel; close(): void };

export function MachineItems({ tools, call, close }: MachineItemsProps): JSX.Element {
  return (
    <>
      {tools.offer.summaryLanguage === undefined ? null : (
        <MenuAction
          label={words('machineSummary')}
          waits={!isWhole(call)}
          run={() => {
            close();
            tools.summarise(call);
          }}
        />
      )}
      {tools.offer.translation ? (
        <MenuAction
          label={words('machineTranslation')}
          waits={!isWhole(call)}
          run={() => {
            close();
            tools.translate(call);
          }}
        />
      ) : null}
    </>
  );
}

/** A call in the agent's own language is translated into English, and English into Spanish, until they say otherwise. */
function translationTask(from: string, own: string): MachineTask {
  const other = own === 'en' ? 'es' : 'en';
  return { kind: 'translation', from, to: from === own ? other : own };
}
