/** What happened to a relay's connection lately, for whoever looks for the reason: names and codes, never a text. */
import type { JournalEntry } from '../../utils/messaging/diagnosis.ts';

export type Journal = {
  /** A state's name with its reason, or `closed` with the WebSocket's close code. */
  note(what: string, code?: number): void;
  /** Oldest first. */
  entries(): readonly JournalEntry[];
};

const MAX_ENTRIES = 100;

export function createJournal(nowMs: () => number): Journal {
  const entries: JournalEntry[] = [];
  return {
    note(what, code) {
      entries.push({ atMs: nowMs(), what, code });
      if (entries.length > MAX_ENTRIES) entries.shift();
    },
    entries: () => entries,
  };
}
