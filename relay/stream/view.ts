/**
 * What one set of rules lets be seen of a stream: the calls that are open in it, and since which event. Agents with
 * the same rules share one view, so that an event is judged once for all of them.
 */

import type { Matches } from './rule-index.ts';
import type { StreamEvent } from './stream.ts';

/** Positions of events that have become visible, in order: shared by all who are told, and so are frames of them. */
export type Backfill = readonly number[];

/** Of one view, those open the longest go first: what is left of such a call is seen only once it matches again. */
const MAX_OPEN_CALLS = 20_000;

export type View = {
  /** Changes whenever more is seen than before. */
  version(): number;
  sees(event: StreamEvent): boolean;
  /** Whether the event was seen when `seq` was the newest. */
  saw(event: StreamEvent, seq: number): boolean;
  /** The event that opened a call last; 0 if none did. */
  lastOpenedSeq(): number;
  /** Is told what is seen all at once when a call opens: events before the one that opened it. */
  onOpened(listener: (earlier: Backfill) => void): () => void;
};

export type RulesView = View & {
  /** True if the call was not open. */
  open(call: string, seq: number): boolean;
  tell(earlier: Backfill): void;
};

/** Of those who see everything. */
export const viewOfAll: View = {
  version: () => 0,
  sees: () => true,
  saw: (event, seq) => event.seq <= seq,
  lastOpenedSeq: () => 0,
  onOpened: () => () => {},
};

/** Events that name no call are seen where they satisfy a rule themselves; one of several calls where all are open. */
export function createRulesView(matches: Matches): RulesView {
  const openSince = new Map<string, number>();
  const listeners = new Set<(earlier: Backfill) => void>();
  let version = 0;
  let lastOpenedSeq = 0;

  return {
    version: () => version,
    sees: ({ facts }) =>
      facts.parts.every(({ call, values }) => (call === undefined ? matches(values) : openSince.has(call))),
    saw: (event, seq) =>
      event.seq <= seq &&
      event.facts.parts.every(({ call, values }) =>
        call === undefined ? matches(values) : (openSince.get(call) ?? Number.POSITIVE_INFINITY) <= seq,
      ),
    lastOpenedSeq: () => lastOpenedSeq,
    onOpened(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    open(call, seq) {
      if (openSince.has(call)) return false;
      openSince.set(call, seq);
      lastOpenedSeq = seq;
      version += 1;
      const [oldest] = openSince.size > MAX_OPEN_CALLS ? openSince.keys() : [];
      if (oldest !== undefined) openSince.delete(oldest);
      return true;
    },
    tell(earlier) {
      for (const listener of listeners) listener(earlier);
    },
  };
}
