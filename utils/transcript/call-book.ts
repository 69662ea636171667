/**
 * All calls that are kept, bounded: heads and entries by call, and the events that could not be read.
 * The one mutable piece of this folder; every change comes out as a `BookChange`, so that a second book
 * (the sidebar's) that takes the changes in order is equal to the first.
 */
import { advanceCall, markGap } from './advance-call.ts';
import type { CallHead, CallStep, Entry, Gap } from './call.ts';
import type { UnreadReason } from './event.ts';
import type { FieldMap } from './field-map.ts';
import { parseEvents } from './parse-event.ts';

export type BookLimits = { calls: number; entriesACall: number; unread: number };
const DEFAULT_LIMITS: BookLimits = { calls: 50, entriesACall: 20_000, unread: 50 };

/** An event that was not understood, with why; `excerpt` is its beginning, for the inspector. */
type UnreadEvent = { atMs: number; reason: UnreadReason; excerpt: string };
type UnreadSummary = { count: number; last: UnreadEvent | undefined };

export type BookChange =
  | { kind: 'call'; head: CallHead; entries: Entry[]; firstIndex: number }
  | { kind: 'forgotten'; callId: string }
  | { kind: 'unread'; unread: UnreadSummary };

/** One call as kept. Entries before `firstIndex` were dropped when the call outgrew its limit. */
export type KeptCall = { head: CallHead; entries: Entry[]; firstIndex: number };

export type CallBook = {
  /** Takes one event as the relay passed it on, read by `map` where there is one; `atMs` is the relay's clock. */
  takeEvent(data: unknown, atMs: number, map?: FieldMap): BookChange[];
  /** Tells every live call of a loss. */
  takeGap(gap: Gap): BookChange[];
  /** Puts back a call as an earlier life of the worker kept it. */
  restore(call: KeptCall): void;
  /** Makes room: the oldest ended call goes, or where none has ended the older half of the longest call. */
  shrink(): BookChange[];
  calls(): ReadonlyMap<string, KeptCall>;
  unread(): readonly UnreadEvent[];
  unreadSummary(): UnreadSummary;
};

const EXCERPT_LENGTH = 2_000;

export function createCallBook(limits: BookLimits = DEFAULT_LIMITS): CallBook {
  const calls = new Map<string, KeptCall>();
  const unread: UnreadEvent[] = [];
  let unreadCount = 0;

  function keep(step: CallStep): BookChange[] {
    const known = calls.get(step.head.id);
    const call = known ?? { head: step.head, entries: [], firstIndex: 0 };
    call.head = step.head;
    putEntries(call, step.entries, limits.entriesACall);
    if (known !== undefined) return [changeOf(call, step.entries)];
    calls.set(step.head.id, call);
    const forgotten = calls.size > limits.calls ? oldestCall(calls) : undefined;
    if (forgotten === undefined) return [changeOf(call, step.entries)];
    calls.delete(forgotten);
    return [changeOf(call, step.entries), { kind: 'forgotten', callId: forgotten }];
  }

  function keepUnread(data: unknown, reason: UnreadReason, atMs: number): BookChange {
    unreadCount += 1;
    if (unread.length >= limits.unread) unread.shift();
    unread.push({ atMs, reason, excerpt: excerptOf(data) });
    return { kind: 'unread', unread: summary() };
  }

  function summary(): UnreadSummary {
    return { count: unreadCount, last: unread.at(-1) };
  }

  return {
    takeEvent(data, atMs, map) {
      return parseEvents(data, map).flatMap((event): BookChange[] => {
        if (event.kind === 'keep-alive') return [];
        if (event.kind === 'unread') return [keepUnread(data, event.reason, atMs)];
        return keep(advanceCall(calls.get(event.callId)?.head, event, atMs));
      });
    },
    takeGap(gap) {
      const live = [...calls.values()].filter(({ head }) => head.phase === 'live');
      return live.flatMap(({ head }) => keep(markGap(head, gap)));
    },
    restore(call) {
      calls.set(call.head.id, call);
    },
    shrink() {
      const oldest = oldestCall(calls);
      if (oldest !== undefined && calls.get(oldest)?.head.phase === 'ended') {
        calls.delete(oldest);
        return [{ kind: 'forgotten', callId: oldest }];
      }
      const longest = [...calls.values()].reduce<KeptCall | undefined>(
        (long, call) => (call.entries.length > (long?.entries.length ?? 1) ? call : long),
        undefined,
      );
      if (longest === undefined) return [];
      dropOldest(longest, Math.ceil(longest.entries.length / 2));
      return [changeOf(longest, [])];
    },
    calls: () => calls,
    unread: () => unread,
    unreadSummary: summary,
  };
}

/** Puts entries at their index. A call past its limit by a twentieth drops its oldest, so that the cost stays flat. */
function putEntries(call: KeptCall, entries: readonly Entry[], limit: number): void {
  for (const entry of entries) {
    const at = entry.index - call.firstIndex;
    if (at >= 0) call.entries[at] = entry;
  }
  if (call.entries.length <= limit * 1.05) return;
  dropOldest(call, call.entries.length - limit);
}

function dropOldest(call: KeptCall, count: number): void {
  call.entries.splice(0, count);
  call.firstIndex += count;
}

function changeOf(call: KeptCall, entries: Entry[]): BookChange {
  return { kind: 'call', head: call.head, entries, firstIndex: call.firstIndex };
}

/** Ended calls go first, the one that spoke last the longest ago; then live ones in the same order. */
function oldestCall(calls: ReadonlyMap<string, KeptCall>): string | undefined {
  const isOlder = (one: CallHead, other: CallHead) =>
    one.phase === other.phase ? one.lastEventAtMs < other.lastEventAtMs : one.phase === 'ended';
  let oldest: CallHead | undefined;
  for (const { head } of calls.values()) {
    if (oldest === undefined || isOlder(head, oldest)) oldest = head;
  }
  return oldest?.id;
}

function excerptOf(data: unknown): string {
  const text = typeof data === 'string' ? data : JSON.stringify(data);
  return (text ?? '').slice(0, EXCERPT_LENGTH);
}
