/**
 * The last events of the platform as they came, for the inspector, and so that they can be read again by another field
 * map. In memory only.
 */
import type { UnreadReason } from './event.ts';

export type LoggedEvent = { seq: number; atMs: number; data: unknown };

/** What was made of an event. */
export type Reading = { gaveLine: boolean; unread: readonly UnreadReason[] };

export type EventLog = {
  add(event: LoggedEvent, reading: Reading): void;
  /** Oldest first. */
  events(): readonly LoggedEvent[];
  /** Hands over each event that is here whole and gave no line, oldest first; `read` says what was made of it now. */
  readAgain(read: (event: LoggedEvent, before: Reading) => Reading): void;
  /** Lets go of what came up to this time, ms since 1970. */
  forgetUpTo(atMs: number): void;
  /** Calls back with each event as it is kept; returns the undoing. */
  onAdded(listener: (event: LoggedEvent) => void): () => void;
};

const MAX_EVENTS = 50;
export const MAX_EVENT_LENGTH = 64 * 1024;

type Row = { event: LoggedEvent; reading: Reading; isWhole: boolean };

export function createEventLog(): EventLog {
  let rows: Row[] = [];
  const listeners = new Set<(event: LoggedEvent) => void>();
  return {
    add({ seq, atMs, data }, reading) {
      const cut = cutText(data);
      const event = { seq, atMs, data: cut ?? data };
      rows.push({ event, reading, isWhole: cut === undefined });
      if (rows.length > MAX_EVENTS) rows.shift();
      for (const listener of listeners) listener(event);
    },
    events: () => rows.map(({ event }) => event),
    readAgain(read) {
      for (const row of rows) {
        if (row.isWhole && !row.reading.gaveLine) row.reading = read(row.event, row.reading);
      }
    },
    forgetUpTo(atMs) {
      rows = rows.filter(({ event }) => event.atMs > atMs);
    },
    onAdded(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** The beginning of an event that is too long to be kept, which says so; `undefined` for any other. */
function cutText(data: unknown): string | undefined {
  if (isSurelyShort(data)) return undefined;
  let text: string | undefined;
  try {
    text = typeof data === 'string' ? data : JSON.stringify(data);
  } catch {
    // The stack holds only so many levels.
    return '… [nested too deep to be kept]';
  }
  if (text === undefined || text.length <= MAX_EVENT_LENGTH) return undefined;
  return `${text.slice(0, MAX_EVENT_LENGTH)} … [${text.length - MAX_EVENT_LENGTH} more characters are not kept]`;
}

/** Escaped, a character is at most six. */
const MAX_ESCAPED = 6;
/** A number, `true`, or the marks around a value. */
const PLAIN_LENGTH = 30;

/** Nearly every event is, and this runs for each: it is told without writing it as JSON. */
function isSurelyShort(data: unknown): boolean {
  let left = MAX_EVENT_LENGTH;
  const open: unknown[] = [data];
  while (open.length > 0 && left >= 0) {
    const value = open.pop();
    left -= PLAIN_LENGTH;
    if (typeof value === 'string') left -= value.length * MAX_ESCAPED;
    else if (typeof value === 'object' && value !== null) {
      for (const [key, held] of Object.entries(value)) {
        left -= key.length * MAX_ESCAPED;
        open.push(held);
      }
    }
  }
  return left >= 0;
}
