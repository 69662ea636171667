/** Changes of calls gathered until they are told: of what was revised meanwhile the newest alone. */
import type { CallChange } from '../../utils/messaging/sidebar-port.ts';
import { type CallHead, type Entry, summarise } from '../../utils/transcript/call.ts';
import type { BookChange } from '../../utils/transcript/call-book.ts';

export type PendingChanges = {
  note(change: Exclude<BookChange, { kind: 'unread' }>): void;
  /** Everything since it was last asked; what is forgotten comes before the calls. */
  take(): { calls: CallChange[]; forgotten: string[] };
};

type Dirty = { head: CallHead; firstIndex: number; entries: Map<number, Entry> };

export function createPendingChanges(): PendingChanges {
  let dirty = new Map<string, Dirty>();
  let forgotten: string[] = [];

  return {
    note(change) {
      if (change.kind === 'forgotten') {
        dirty.delete(change.callId);
        forgotten.push(change.callId);
        return;
      }
      const { head, firstIndex } = change;
      const entries = dirty.get(head.id)?.entries ?? new Map<number, Entry>();
      for (const entry of change.entries) entries.set(entry.index, entry);
      dirty.set(head.id, { head, firstIndex, entries });
    },
    take() {
      const calls = [...dirty.values()].map(
        ({ head, firstIndex, entries }): CallChange => ({
          call: summarise(head),
          firstIndex,
          entries: [...entries.values()].filter(({ index }) => index >= firstIndex),
        }),
      );
      const taken = { calls, forgotten };
      dirty = new Map();
      forgotten = [];
      return taken;
    },
  };
}
