/**
 * Asks the background for what was said before the port was opened, a page at a time: at once while what is shown is
 * not here, else when the browser has nothing better to do. So a page never waits behind another, nor a line behind them.
 */
import type { FromSidebar, Place, ToSidebar } from '../../utils/messaging/sidebar-port.ts';
import { entryAt } from './call-entries.ts';
import type { CallModel } from './call-model.ts';

export type AskOlderDeps = {
  /** Where the reader is, and `isHere`: what they read is. */
  reading(): { place: Place; isHere: boolean };
  say(message: FromSidebar): void;
  whenIdle(run: () => void): void;
};

export type AskOlder = {
  /** Takes every message to the sidebar, after the model has. */
  take(message: ToSidebar): void;
  /** The reader may be elsewhere. */
  look(): void;
};

export function createAskOlder({ reading, say, whenIdle }: AskOlderDeps): AskOlder {
  /** The last page is here, and the next one may be asked for. */
  let mayAsk = false;

  function ask(): void {
    if (!mayAsk) return;
    mayAsk = false;
    say({ type: 'more', ...reading().place });
  }

  function look(): void {
    if (!reading().isHere) ask();
  }

  return {
    take({ type }) {
      if (type === 'reset') mayAsk = false;
      if (type !== 'complete' && type !== 'older') return;
      mayAsk = true;
      look();
      whenIdle(ask);
    },
    look,
  };
}

/** Where a call is read: at an entry, or at its newest. */
export function readingOf(
  call: CallModel | undefined,
  index: number | undefined,
): { place: Place; isHere: boolean } {
  if (call === undefined) return { place: {}, isHere: true };
  const { id, entryCount } = call.summary.peek();
  const first = call.firstIndex.peek();
  const isKept = index !== undefined && index >= first && index < entryCount;
  const wanted = isKept ? index : entryCount - 1;
  const isHere = wanted < first || entryAt(call, wanted) !== undefined;
  return { place: { callId: id, index: isHere || !isKept ? undefined : index }, isHere };
}
