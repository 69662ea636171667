/** Messages as the background sends them to a sidebar. */
import type { SidebarModel } from '../../../components/sidebar/model.ts';
import type { CallChange, Status } from '../../../utils/messaging/sidebar-port.ts';
import type { CallSummary, Entry, LineEntry } from '../../../utils/transcript/call.ts';

export const status: Status = {
  relay: { name: 'off', sinceMs: 1 },
  platform: { name: 'unknown', sinceMs: 1 },
  unread: { count: 0 },
  forgottenCount: 0,
};

export function line(index: number, leg: 'caller' | 'callee' = 'caller', text = `line ${index}`): LineEntry {
  return { kind: 'line', index, leg, text, final: true, atMs: index };
}

export function gap(index: number): Entry {
  return { kind: 'gap', index, fromMs: 1, toMs: 2, reason: 'relay-away' };
}

export function lines(from: number, to: number): Entry[] {
  return Array.from({ length: to - from }, (_, at) => line(from + at));
}

export function change(
  id: string,
  entries: Entry[] = [],
  given: Partial<CallSummary & CallChange> = {},
): CallChange {
  const { firstIndex = 0, ...summary } = given;
  return {
    call: {
      id,
      phase: 'live',
      startedAtMs: 1,
      lastEventAtMs: 1,
      parties: {},
      entryCount: Math.max(0, ...entries.map(({ index }) => index + 1)),
      ...summary,
    },
    firstIndex,
    entries,
  };
}

export function take(model: SidebarModel, ...calls: CallChange[]): void {
  model.take({ type: 'changes', calls, forgotten: [] });
}

/** A new port: everything again. */
export function resend(model: SidebarModel, ...messages: CallChange[][]): void {
  model.take({ type: 'reset', status });
  for (const calls of messages) take(model, ...calls);
  model.take({ type: 'complete' });
}
