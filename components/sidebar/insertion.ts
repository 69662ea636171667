/**
 * Putting text into the editor that was named. One insertion at a time:
 *
 *     idle ──insert──▶ running ──the page's answer, or none in time──▶ idle, or refused
 *       └──insert, and the page shows no number of the call──▶ asking ──confirm──▶ running
 *
 * What the page's editor does not take goes to the clipboard instead; where the browser forbids that now, it is
 * `refused` and waits for a click that copies.
 */
import { type ReadonlySignal, signal } from '@preact/signals';
import { type MessageKey, words } from '../../utils/browser/runtime.ts';
import type { HelpTopic } from '../../utils/help/topics.ts';
import type { InsertOutcome, InsertTarget } from '../../utils/messaging/insertion.ts';
import { MAX_INSERT_LENGTH } from '../../utils/messaging/insertion.ts';
import type { FromSidebar, ToSidebar } from '../../utils/messaging/sidebar-port.ts';
import type { Written } from '../../utils/transcript/formats/format.ts';
import type { Match } from './choose-call.ts';

type InsertionState =
  | { name: 'idle' }
  /** The call's numbers are not on this page: the agent says whether it goes there all the same. */
  | { name: 'asking'; written: Written; target: InsertTarget }
  | { name: 'running'; written: Written; target: InsertTarget; request: string }
  /** Neither inserted nor copied; `reason` says why not inserted. */
  | { name: 'refused'; written: Written; reason: MessageKey };

export type Insertion = {
  target: ReadonlySignal<InsertTarget | undefined>;
  state: ReadonlySignal<InsertionState>;
  /** Does nothing while another one runs. */
  insert(written: Written): void;
  /** Inserts although the page shows another record. */
  confirm(): void;
  /** Lets go of what is asked or was refused. */
  cancel(): void;
  /** Copies what was refused. */
  copyRefused(): void;
  take(message: ToSidebar): void;
};

export type InsertionDeps = {
  /** Whether the shown call is that of the page in front. */
  match(): Match;
  /** `false`: nobody heard it. */
  say(message: FromSidebar): boolean;
  /** `false`: the browser does not let it happen now. */
  copy(written: Written): boolean;
  notify(notice: { text: string; tone: 'done' | 'failed'; help?: HelpTopic }): void;
  /** The keys that paste, as this machine's keyboard names them. */
  pasteKeys: string;
  newId(): string;
  setTimer(run: () => void, ms: number): unknown;
};

/** A page that hangs: the background gives up sooner. */
const ANSWER_WITHIN_MS = 12_000;

const reasons: Record<Exclude<InsertOutcome, 'inserted'>, MessageKey> = {
  'not-taken': 'insertNotTaken',
  partly: 'insertPartly',
  'no-target': 'insertNoTarget',
  'target-changed': 'insertTargetChanged',
  'not-reachable': 'insertNotReachable',
  'no-page': 'insertNoPage',
};

export function createInsertion(deps: InsertionDeps): Insertion {
  const { match, say, copy, notify, pasteKeys, newId, setTimer } = deps;
  const target = signal<InsertTarget>();
  const state = signal<InsertionState>({ name: 'idle' });

  function insert(written: Written): void {
    if (state.peek().name === 'running') return;
    const named = target.peek();
    if (named === undefined) copyInstead(written, 'insertNoTarget');
    else if (named.reach === 'clipboard') copyInstead(written, 'insertNotReachable');
    else if (written.text.length > MAX_INSERT_LENGTH) copyInstead(written, 'insertTooLong');
    else if (match() === 'other') state.value = { name: 'asking', written, target: named };
    else run(written, named);
  }

  function run(written: Written, named: InsertTarget): void {
    const request = newId();
    state.value = { name: 'running', written, target: named, request };
    if (!say({ type: 'insert', request, targetId: named.id, text: written.text, ownLine: true })) {
      return end(request, 'no-page');
    }
    setTimer(() => end(request, 'no-page'), ANSWER_WITHIN_MS);
  }

  function end(request: string, outcome: InsertOutcome): void {
    const running = state.peek();
    if (running.name !== 'running' || running.request !== request) return;
    if (outcome !== 'inserted') return copyInstead(running.written, reasons[outcome]);
    state.value = { name: 'idle' };
    const { label } = running.target;
    notify({ text: label === '' ? words('inserted') : words('insertedInto', label), tone: 'done' });
  }

  function copyInstead(written: Written, reason: MessageKey): void {
    if (copy(written)) {
      state.value = { name: 'idle' };
      const text = `${words(reason)} ${words('insertCopied', pasteKeys)}`;
      notify({ text, tone: 'failed', help: 'insertion' });
    } else {
      state.value = { name: 'refused', written, reason };
    }
  }

  return {
    target,
    state,
    insert,
    confirm() {
      const asking = state.peek();
      if (asking.name === 'asking') run(asking.written, asking.target);
    },
    cancel() {
      const { name } = state.peek();
      if (name === 'asking' || name === 'refused') state.value = { name: 'idle' };
    },
    copyRefused() {
      const refused = state.peek();
      if (refused.name === 'refused') copyInstead(refused.written, refused.reason);
    },
    take(message) {
      if (message.type === 'target') target.value = message.target;
      if (message.type === 'inserted') end(message.request, message.outcome);
    },
  };
}
