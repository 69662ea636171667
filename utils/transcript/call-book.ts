/**
 * All calls that are kept, bounded: heads and entries by call, and how many events could not be read.
 * The one mutable piece of this folder; every change comes out as a `BookChange`, so that a second book
 * (the sidebar's) that takes the changes in order is equal to the first.
 */
import { advanceCall, markGap } from './advance-call.ts';
import type { CallHead, CallStep, Entry, Gap } from './call.ts';
import type { UnreadReason } from './event.ts';
import type { FieldMap } from './field-map.ts';
import { parseEvents } from './parse-event.ts';

export type BookLimits = { calls: number; entriesACall: number };
const DEFAULT_LIMITS: BookLimits = { calls: 50, entriesACall: 21_000 };

/** Events that were not understood, and why. */
type UnreadCounts = {
  count: number;
  lastReason: UnreadReason | undefined;
  byReason: Partial<Record<UnreadReason, number>>;
};

export type BookChange =
  | { kind: 'call'; head: CallHead; entries: Entry[]; firstIndex: number }
  | { kind: 'forgotten'; callId: string }
  | { kind: 'unread'; reason: UnreadReason };

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
  /** Lets go of these calls. */
  forget(callIds: readonly string[]): BookChange[];
  calls(): ReadonlyMap<string, KeptCall>;
  unread(): UnreadCounts;
  /** Takes back what was counted for an event that is about to be taken again. */
  uncount(reasons: readonly UnreadReason[]): void;
};

export function createCallBook(limits: BookLimits = DEFAULT_LIMITS): CallBook {
  const calls = new Map<string, KeptCall>();
  const unread = new Map<UnreadReason, number>();
  let lastReason: UnreadReason | undefined;

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

  function countUnread(reason: UnreadReason): BookChange {
    unread.set(reason, (unread.get(reason) ?? 0) + 1);
    lastReason = reason;
    return { kind: 'unread', reason };
  }

  return {
    takeEvent(data, atMs, map) {
      return parseEvents(data, map).flatMap((event): BookChange[] => {
        if (event.kind === 'keep-alive') return [];
        if (event.kind === 'unread') return [countUnread(event.reason)];
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
    forget: (callIds) =>
      callIds.filter((id) => calls.delete(id)).map((callId) => ({ kind: 'forgotten', callId })),
    calls: () => calls,
    unread() {
      const count = unread.values().reduce((sum, times) => sum + times, 0);
      return {
        count,
        lastReason: count === 0 ? undefined : lastReason,
        byReason: Object.fromEntries(unread.entries().filter(([, times]) => times > 0)),
      };
    },
    uncount(reasons) {
      for (const reason of reasons) unread.set(reason, (unread.get(reason) ?? 1) - 1);
    },
  };
}

/**
 * What a call drops at once when it is past its limit by as much: the fifty entries that archive and sidebar keep
 * together, so that nobody has much to take away.
 */
const DROPPED_SHARE = 1 / 420;

/** Puts entries at their index. */
function putEntries(call: KeptCall, entries: readonly Entry[], limit: number): void {
  for (const entry of entries) {
    const at = entry.index - call.firstIndex;
    if (at >= 0) call.entries[at] = entry;
  }
  const step = Math.max(1, Math.round(limit * DROPPED_SHARE));
  const excess = call.entries.length - limit;
  if (excess >= step) dropOldest(call, excess - (excess % step));
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
