/**
 * Tells a screen reader of new final lines of the shown call: a few as they are, many as a number, gathered so that
 * speech is not cut short by every line. What was there before, and what is sent again, is not told.
 */
import type { CallChange, ToSidebar } from '../../utils/messaging/sidebar-port.ts';
import type { CallSummary, Entry, LineEntry } from '../../utils/transcript/call.ts';

const GATHER_MS = 1_500;
const MAX_READ_OUT = 3;
const MAX_REMEMBERED = 5_000;

export type AnnouncerDeps = {
  setTimer(run: () => void, ms: number): unknown;
  isOn(): boolean;
  /** The texts to read out, or how many there were. */
  say(lines: readonly string[] | number): void;
};

export function createAnnouncer({ setTimer, isOn, say }: AnnouncerDeps) {
  const told = new Set<string>();
  let isLive = false;
  let gathered: { callId: string; text: string }[] = [];

  function flush(): void {
    const lines = gathered.map(({ text }) => text);
    gathered = [];
    if (isOn()) say(lines.length > MAX_READ_OUT ? lines.length : lines);
  }

  /** Another call may begin under the same id. */
  function remember({ id, startedAtMs }: CallSummary, { index }: Entry): boolean {
    const key = `${id} ${startedAtMs} ${index}`;
    if (told.has(key)) return false;
    told.add(key);
    const [oldest] = told;
    if (told.size > MAX_REMEMBERED && oldest !== undefined) told.delete(oldest);
    return true;
  }

  /** What a forgotten call said does not stay in the page either. */
  function forget(callIds: readonly string[]): void {
    gathered = gathered.filter(({ callId }) => !callIds.includes(callId));
    say([]);
  }

  /** Takes every message to the sidebar, with the call that is shown by then. */
  function take(message: ToSidebar, shownId: string | undefined): void {
    if (message.type === 'reset') isLive = false;
    if (message.type === 'complete') isLive = true;
    if (message.type === 'older') {
      const { change } = message;
      for (const entry of finals(change)) remember(change.call, entry);
    }
    if (message.type !== 'changes') return;
    if (message.forgotten.length > 0) forget(message.forgotten);
    for (const change of message.calls) {
      const { call } = change;
      for (const entry of finals(change)) {
        if (!remember(call, entry) || !isLive || call.id !== shownId) continue;
        if (gathered.length === 0) setTimer(flush, GATHER_MS);
        gathered.push({ callId: call.id, text: entry.text });
      }
    }
  }

  return { take };
}

function finals({ entries }: CallChange): LineEntry[] {
  return entries.filter((entry): entry is LineEntry => entry.kind === 'line' && entry.final);
}
