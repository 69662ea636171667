/**
 * What there was of the calls when a sidebar was opened, handed over a page at a time: the newest first, and first of
 * the call that is read. Each page is of the moment at which it is asked for; what changes meanwhile is told beside it.
 */
import { type CallChange, ENTRIES_A_PAGE, type Place } from '../../utils/messaging/sidebar-port.ts';
import { summarise } from '../../utils/transcript/call.ts';
import type { KeptCall } from '../../utils/transcript/call-book.ts';

export type CallSnapshot = {
  /** To be asked first: every call, and one page of the one at `place`, or else of the one likeliest to be shown. */
  first(place: Place): CallChange[];
  /** A page at `place`, or else of what is left; `undefined`: nothing is. */
  next(place: Place): CallChange | undefined;
};

/** Entries from `from` on, up to the one before `to`. */
type Span = { from: number; to: number };

/** `calls` is what is kept, now and later. */
export function createCallSnapshot(calls: ReadonlyMap<string, KeptCall>): CallSnapshot {
  /** By call: what is still to be handed over, in its order; the call likeliest to be shown comes first. */
  const left = new Map(
    [...calls.values()]
      .sort(byLikelihood)
      .map((call): [KeptCall, Span[]] => [call, [{ from: call.firstIndex, to: call.head.entryCount }]]),
  );

  /** Entries that were let go meanwhile need not be told, nor does a call; another may stand under its id. */
  function tidy(): void {
    for (const [call, spans] of left) {
      const rest = spans
        .map(({ from, to }): Span => ({ from: Math.max(from, call.firstIndex), to }))
        .filter(({ from, to }) => from < to);
      if (rest.length === 0 || calls.get(call.head.id) !== call) left.delete(call);
      else left.set(call, rest);
    }
  }

  function next({ callId, index }: Place): CallChange | undefined {
    tidy();
    const wanted = callId === undefined ? undefined : calls.get(callId);
    const call = wanted !== undefined && left.has(wanted) ? wanted : left.keys().next().value;
    const spans = call && left.get(call);
    if (call === undefined || spans === undefined) return undefined;
    const page = pageOf(spans, call === wanted ? index : undefined);
    left.set(
      call,
      spans.flatMap((span) => without(span, page)),
    );
    const { firstIndex, entries } = call;
    return changeOf(call, entries.slice(page.from - firstIndex, page.to - firstIndex));
  }

  return {
    first(place) {
      const page = next(place);
      const others = [...calls.values()].filter(({ head }) => head.id !== page?.call.id);
      return [...(page === undefined ? [] : [page]), ...others.map((call) => changeOf(call, []))];
    },
    next,
  };
}

function changeOf({ head, firstIndex }: KeptCall, entries: KeptCall['entries']): CallChange {
  return { call: summarise(head), firstIndex, entries };
}

/** The newest page, or the one in whose middle `index` stands. */
function pageOf(spans: readonly Span[], index: number | undefined): Span {
  const around = spans.find(({ from, to }) => index !== undefined && index >= from && index < to);
  const { from, to } = around ?? spans.at(-1) ?? { from: 0, to: 0 };
  const end = around === undefined || index === undefined ? to : Math.min(to, index + ENTRIES_A_PAGE / 2);
  return { from: Math.max(from, end - ENTRIES_A_PAGE), to: end };
}

function without(span: Span, page: Span): Span[] {
  if (page.to <= span.from || page.from >= span.to) return [span];
  return [
    { from: span.from, to: page.from },
    { from: page.to, to: span.to },
  ].filter(({ from, to }) => from < to);
}

/** Live calls first, and of them the one that began last. */
function byLikelihood({ head: one }: KeptCall, { head: other }: KeptCall): number {
  if (one.phase !== other.phase) return one.phase === 'live' ? -1 : 1;
  return other.startedAtMs - one.startedAtMs;
}
