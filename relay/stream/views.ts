/** The views of a stream: one for each set of rules in use, kept for a while after the last agent with it has left. */
import type { FieldMap } from '../../utils/transcript/field-map.ts';
import type { Clock } from '../clock.ts';
import type { CallIndex } from './call-index.ts';
import { type EventFacts, readFacts, type WatchedFields } from './event-facts.ts';
import { compileRules, createRuleIndex } from './rule-index.ts';
import { type CallRule, type CallsAllowed, fieldOf, keyOfCalls } from './rules.ts';
import type { Stream, StreamEvent } from './stream.ts';
import { createRulesView, type RulesView, type View, viewOfAll } from './view.ts';

/** Unused ones beyond this go, the one that was left first before the others. */
const MAX_UNUSED = 2_000;

type Kept = { key: string; view: RulesView; rules: readonly CallRule[]; users: number; leftAtMs: number };

export type Views = ReturnType<typeof createViews>;
export type ViewsDependencies = {
  stream: Stream;
  callIndex: CallIndex;
  clock: Pick<Clock, 'now'>;
  /** A view that nobody has used for so long goes. */
  windowMs: number;
  /** As it is in force now. */
  fieldMap: () => FieldMap | undefined;
};

export function createViews({ stream, callIndex, clock, windowMs, fieldMap }: ViewsDependencies) {
  const views = new Map<string, Kept>();
  const unused = new Set<Kept>();
  const index = createRuleIndex<RulesView>();
  /** Never fewer: fields stay watched when the rules that named them are gone. Configurations name few. */
  const watched = new Map<string, readonly string[]>();

  /** Calls `action` with every event held, oldest first. */
  function eachHeld(action: (event: StreamEvent) => void): void {
    for (let position = stream.first(); position < stream.end(); position += 1) {
      const entry = stream.at(position);
      if (entry?.kind === 'event') action(entry);
    }
  }

  /** Events that came before a rule named the field are read again. */
  function watch(rules: readonly CallRule[]): void {
    const before = watched.size;
    for (const rule of rules) {
      const field = fieldOf(rule);
      if (field !== undefined) watched.set(field.key, field.steps);
    }
    if (watched.size === before) return;
    eachHeld((event) => {
      const again = readFacts(JSON.parse(event.dataJson), watched, fieldMap());
      if (speaksOfSame(again, event.facts)) event.facts = { ...event.facts, parts: again.parts };
    });
  }

  function make(key: string, rules: readonly CallRule[]): Kept {
    watch(rules);
    const matches = compileRules(rules);
    const view = createRulesView(matches);
    eachHeld(({ facts, seq }) => {
      for (const { call, values } of facts.parts)
        if (call !== undefined && matches(values)) view.open(call, seq);
    });
    index.add(view, rules);
    return { key, view, rules, users: 0, leftAtMs: 0 };
  }

  function drop(kept: Kept): void {
    unused.delete(kept);
    views.delete(kept.key);
    index.remove(kept.view, kept.rules);
  }

  function leave(kept: Kept): void {
    kept.users -= 1;
    if (kept.users > 0) return;
    kept.leftAtMs = clock.now();
    unused.add(kept);
    const [oldest] = unused;
    if (unused.size > MAX_UNUSED && oldest !== undefined) drop(oldest);
  }

  return {
    /** What is to be read of every event. */
    watched: (): WatchedFields => watched,

    /** The view of these rules; `release` once it is no longer looked through. One made now knows what is held. */
    use(calls: CallsAllowed): { view: View; release: () => void } {
      if (calls === 'all') return { view: viewOfAll, release: () => {} };
      const key = keyOfCalls(calls);
      const kept = views.get(key) ?? make(key, calls);
      views.set(key, kept);
      unused.delete(kept);
      kept.users += 1;
      let isReleased = false;
      return {
        view: kept.view,
        release() {
          if (!isReleased) leave(kept);
          isReleased = true;
        },
      };
    },

    /** An event now stands at `position`: opens its calls where a rule is satisfied. */
    take({ facts, seq }: StreamEvent, position: number): void {
      for (const { call, values } of facts.parts) {
        if (call === undefined || values.size === 0) continue;
        for (const view of index.find(values)) if (view.open(call, seq)) tellEarlier(view, call, position);
      }
    },

    /** Lets go of views that were left longer ago than anybody can resume from. */
    trim(): void {
      for (const kept of unused) if (clock.now() - kept.leftAtMs > windowMs) drop(kept);
    },
  };

  function tellEarlier(view: RulesView, call: string, position: number): void {
    const earlier = callIndex.before(call, position).filter((at) => {
      const entry = stream.at(at);
      return entry?.kind === 'event' && view.sees(entry);
    });
    if (earlier.length > 0) view.tell(earlier);
  }
}

function speaksOfSame(one: EventFacts, other: EventFacts): boolean {
  return (
    one.parts.length === other.parts.length &&
    one.parts.every(({ call }, at) => call === other.parts[at]?.call)
  );
}
