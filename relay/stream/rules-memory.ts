/**
 * Under which rules each agent has listened, from which event to which: what somebody holds who comes back with other
 * rules, or with another token. Kept by name, since one agent may have several tokens and connections.
 */
import type { StreamEvent } from './stream.ts';
import type { View } from './view.ts';

const MAX_NAMES = 10_000;
/** Of one name; the ones ended first go. */
const MAX_SPANS = 16;
/** Rules may change and change back: so many earlier views are known, more only cost a repetition. */
export const MAX_EARLIER = 4;

/** A client has what all `views` showed when `asOfSeq` was the newest. */
export type Had = { readonly views: readonly View[]; readonly asOfSeq: number };
/** What a connection looked through, and what its client had from before. */
export type Looked = { readonly view: View; readonly had: readonly Had[] };
/** One connection's part: it ends, or it has never been. */
export type Remembered = { ended(lastSeq: number): void; withdraw(): void };
type Span = Looked & { from: number; until: number; users: number };

export type RulesMemory = ReturnType<typeof createRulesMemory>;

export function createRulesMemory() {
  const names = new Map<string, Span[]>();

  return {
    /** A connection of `name` that holds what it was to have up to event `seq` looks through a view from there on. */
    begin(name: string, looked: Looked, seq: number): Remembered {
      const spans = names.get(name) ?? [];
      const known = spans.find((span) => isSame(span, looked) && (span.users > 0 || span === spans.at(-1)));
      const span = known ?? { ...looked, from: seq, until: seq, users: 0 };
      span.users += 1;
      span.from = Math.min(span.from, seq);
      if (known === undefined) spans.push(span);
      const ended = spans.length > MAX_SPANS ? spans.findIndex(({ users }) => users === 0) : -1;
      if (ended >= 0) spans.splice(ended, 1);
      names.delete(name);
      names.set(name, spans);
      const [oldest] = names.size > MAX_NAMES ? names.keys() : [];
      if (oldest !== undefined) names.delete(oldest);
      return {
        ended(lastSeq) {
          span.users -= 1;
          span.until = Math.max(span.until, lastSeq);
        },
        withdraw() {
          span.users -= 1;
          const at = known === undefined && span.users === 0 ? (names.get(name) ?? []).indexOf(span) : -1;
          if (at >= 0) names.get(name)?.splice(at, 1);
        },
      };
    },

    /**
     * What a connection of `name` that held everything up to `seq` looked through. Several: it was one of them, and
     * holds for certain only what each of them would. None: nobody remembers.
     */
    at(name: string, seq: number): Looked[] {
      const spans = names.get(name) ?? [];
      return spans.filter(({ from, until, users }) => from <= seq && (users > 0 || seq <= until));
    },

    /** Forgets what ended before `oldestSeq`: nobody can resume from there. */
    trim(oldestSeq: number): void {
      for (const [name, spans] of names) {
        const left = spans.filter(({ users, until }) => users > 0 || until >= oldestSeq - 1);
        if (left.length === 0) names.delete(name);
        else names.set(name, left);
      }
    },
  };
}

export function hasHad(event: StreamEvent, { views, asOfSeq }: Had): boolean {
  return views.every((view) => view.saw(event, asOfSeq));
}

function isSame(one: Looked, other: Looked): boolean {
  return (
    one.view === other.view &&
    one.had.length === other.had.length &&
    one.had.every(({ views, asOfSeq }, at) => {
      const twin = other.had[at];
      return twin?.asOfSeq === asOfSeq && twin.views.every((view, index) => view === views[index]);
    })
  );
}
