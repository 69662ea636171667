/** Changes in messages of bounded size, so that none keeps a sidebar busy for long. */
import { type CallChange, ENTRIES_A_PAGE, type ToSidebar } from '../../utils/messaging/sidebar-port.ts';

/** Splits changes so that no message holds more than a page of entries; what is forgotten comes first. */
export function inPages(calls: readonly CallChange[], forgotten: string[]): ToSidebar[] {
  const messages: Extract<ToSidebar, { type: 'changes' }>[] = [];
  let room = 0;
  for (const change of calls) {
    let at = 0;
    do {
      if (room === 0) {
        messages.push({ type: 'changes', calls: [], forgotten: messages.length === 0 ? forgotten : [] });
        room = ENTRIES_A_PAGE;
      }
      const entries = change.entries.slice(at, at + room);
      messages.at(-1)?.calls.push({ ...change, entries });
      at += entries.length;
      room -= entries.length;
    } while (at < change.entries.length);
  }
  if (messages.length === 0 && forgotten.length > 0) messages.push({ type: 'changes', calls: [], forgotten });
  return messages;
}
