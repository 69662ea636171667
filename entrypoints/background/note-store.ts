/**
 * The notes of the calls in the session storage, one key a call, so that a worker's death loses no word. A note lives
 * as long as its call: when that is forgotten, or another begins under its id, it goes.
 */
import * as v from 'valibot';
import type { CallChange, ToSidebar } from '../../utils/messaging/sidebar-port.ts';
import type { Area } from '../../utils/storage/area.ts';
import { type Note, note } from '../../utils/transcript/note.ts';
import { createBatch } from './batch.ts';

export type NoteStore = {
  ready: Promise<void>;
  notes(): readonly Note[];
  /** `false` where no such call is kept, and then neither is the note. One without items is removed. */
  put(note: Note): boolean;
  /** Writes now what is still to be written. */
  flush(): Promise<void>;
  /** Hears of the calls, from their snapshot on. */
  take(message: ToSidebar): void;
};

const PREFIX = 'note ';
const WRITE_EVERY_MS = 200;

export function createNoteStore(area: Area, setTimer: (run: () => void, ms: number) => unknown): NoteStore {
  const notes = new Map<string, Note>();
  /** When each call that is kept began, by its id. */
  const calls = new Map<string, number>();
  const changed = new Set<string>();
  const writeSoon = createBatch(setTimer, WRITE_EVERY_MS, write);

  async function load(): Promise<void> {
    // A storage that cannot be read is as good as empty.
    const stored = await area.read().catch((): Record<string, unknown> => ({}));
    for (const [key, value] of Object.entries(stored)) {
      if (!key.startsWith(PREFIX)) continue;
      const read = v.safeParse(note, value);
      if (read.success) notes.set(read.output.callId, read.output);
      else change(key.slice(PREFIX.length));
    }
  }

  /** Without room a note is kept in memory alone, and written with the next change. */
  async function write(): Promise<void> {
    const ids = [...changed];
    const values = ids.flatMap((id) => {
      const known = notes.get(id);
      return known === undefined ? [] : [[PREFIX + id, known] as const];
    });
    const gone = ids.filter((id) => !notes.has(id)).map((id) => PREFIX + id);
    changed.clear();
    try {
      if (gone.length > 0) await area.remove(gone);
      if (values.length > 0) await area.write(Object.fromEntries(values));
    } catch {
      for (const id of ids) changed.add(id);
    }
  }

  function change(id: string): void {
    changed.add(id);
    writeSoon();
  }

  function remove(id: string): void {
    if (notes.delete(id)) change(id);
  }

  function takeCall({ call }: CallChange): void {
    calls.set(call.id, call.startedAtMs);
    const kept = notes.get(call.id);
    if (kept !== undefined && kept.callStartedAtMs !== call.startedAtMs) remove(call.id);
  }

  return {
    ready: load(),
    notes: () => [...notes.values()],
    put(next) {
      if (calls.get(next.callId) !== next.callStartedAtMs) return false;
      if (next.items.length === 0) remove(next.callId);
      else {
        notes.set(next.callId, next);
        change(next.callId);
      }
      return true;
    },
    flush: write,
    take(message) {
      switch (message.type) {
        case 'reset':
          return calls.clear();
        case 'changes':
          for (const id of message.forgotten) {
            calls.delete(id);
            remove(id);
          }
          for (const changedCall of message.calls) takeCall(changedCall);
          return;
        case 'complete':
          for (const id of [...notes.keys()]) if (!calls.has(id)) remove(id);
          return;
        default:
          return;
      }
    },
  };
}
