/**
 * What one client may see and what of it it already has: through which view it looks now, through which it looked
 * before, and what has become visible behind its cursor and must follow.
 */
import type { Agent } from '../access/agents.ts';
import type { EventFlow } from '../stream/event-flow.ts';
import { keyOfCalls } from '../stream/rules.ts';
import { type Had, hasHad, type Looked, MAX_EARLIER } from '../stream/rules-memory.ts';
import type { Stream, StreamEvent } from '../stream/stream.ts';
import type { Backfill } from '../stream/view.ts';
import { createBacklog } from './backlog.ts';

/** Of what lies before position `below`; what was still due is not there. */
type Earlier = Had & { readonly below: number; readonly due: ReadonlySet<number> };

const nothingDue: ReadonlySet<number> = new Set();

export type ListeningDependencies = {
  stream: Stream;
  flow: Pick<EventFlow, 'views' | 'memory' | 'cutter'>;
  /** Events before it were passed. */
  cursor: () => number;
  /** The newest event before the cursor. */
  passedSeq: () => number;
};

/** To be made at the greeting; `leave` undoes it. */
export function createListening(first: Agent, deps: ListeningDependencies) {
  const { stream, flow, cursor, passedSeq } = deps;
  const backlog = createBacklog(flow.cutter);
  let looking = look(first, []);
  const viewAtHello = looking.view;
  /** What the client has beside what it was sent for the view of now; `had` is what the next connection may count on. */
  let earlier: Earlier[] = [];
  let had: readonly Had[] = [];
  let hasLeft = false;

  function look({ name, calls }: Agent, before: readonly Had[]) {
    const { view, release } = flow.views.use(calls);
    let remembered = flow.memory.begin(name, { view, had: before }, passedSeq());
    const forget = view.onOpened((opened) => backlog.add(withoutHad(opened), cursor()));
    return {
      name,
      calls,
      view,
      /** What is remembered of the name up to `from`, if this connection is put aside: it is one that goes on there. */
      resume(from: number): Looked[] {
        remembered.withdraw();
        return flow.memory.at(name, from);
      },
      /** It has gone on from there, and its client has this. */
      remember(from: number, known: readonly Had[]): void {
        remembered = flow.memory.begin(name, { view, had: known }, from);
      },
      leave(): void {
        forget();
        remembered.ended(passedSeq());
        release();
      },
    };
  }

  function has(event: StreamEvent, position: number): boolean {
    return earlier.some((one) => position < one.below && !one.due.has(position) && hasHad(event, one));
  }

  /** The very same list where nothing is known to be there: who shares a back-fill shares its frames. */
  function withoutHad(opened: Backfill): Backfill {
    if (earlier.length === 0) return opened;
    return opened.filter((position) => {
      const entry = stream.at(position);
      return entry?.kind === 'event' && !has(entry, position);
    });
  }

  /** Of what was passed and can be seen now, all that is not there. */
  function missing(isThere: (event: StreamEvent, position: number) => boolean): Backfill {
    const found: number[] = [];
    for (let position = stream.first(); position < cursor(); position += 1) {
      const entry = stream.at(position);
      if (entry?.kind === 'event' && looking.view.sees(entry) && !isThere(entry, position))
        found.push(position);
    }
    return found;
  }

  return {
    view: () => looking.view,
    backlog,

    /**
     * The cursor has been set to where the client goes on, after event `from`. `isResumed`: it holds what it was to have
     * up to there; else it holds nothing, and is to have what it could not have had at `hello`.
     */
    goOnFrom(from: number, isResumed: boolean): void {
      backlog.clear();
      const remembered = looking.resume(from);
      const looked = isResumed ? remembered : [{ view: viewAtHello, had: [] }];
      if (looked.length === 0) looked.push({ view: looking.view, had: [] });
      const isSame = looked.every(({ view }) => view === looking.view);
      had = isResumed ? knownOf(looked, isSame, from) : [];
      earlier = had.map((one) => ({ ...one, below: cursor(), due: nothingDue }));
      looking.remember(from, had);
      if (isSame && looking.view.lastOpenedSeq() <= from) return;
      const isThere = (event: StreamEvent) =>
        looked.every((one) => one.view.saw(event, from) || one.had.some((before) => hasHad(event, before)));
      backlog.add(missing(isThere), cursor());
    },

    /** The agent's entry may be another one now. True if there is more to be seen than before. */
    goOnAs(agent: Agent): boolean {
      const before = looking;
      const isSame = agent.calls === before.calls || keyOfCalls(agent.calls) === keyOfCalls(before.calls);
      if (isSame && agent.name === before.name) return false;
      const due = new Set(backlog.pending());
      const views = [before.view];
      const known = due.size > 0 ? had : [...had, { views, asOfSeq: passedSeq() }].slice(-MAX_EARLIER);
      looking = look(agent, isSame ? had : known);
      before.leave();
      if (isSame) return false;
      had = known;
      earlier = [...earlier, { views, asOfSeq: stream.head(), below: cursor(), due }].slice(-MAX_EARLIER);
      backlog.clear();
      backlog.add(missing(has), cursor());
      return !backlog.isEmpty();
    },

    /** Nothing is added any more. */
    leave(): void {
      if (hasLeft) return;
      hasLeft = true;
      looking.leave();
      backlog.clear();
    },
  };
}

/** What a client has for certain beside what the view of now shows it. `isSame`: that is what it looked through. */
function knownOf(looked: readonly Looked[], isSame: boolean, from: number): readonly Had[] {
  const [only, ...others] = looked;
  if (only === undefined || others.length > 0) {
    return isSame ? [] : [{ views: looked.map(({ view }) => view), asOfSeq: from }];
  }
  return isSame ? only.had : [...only.had, { views: [only.view], asOfSeq: from }].slice(-MAX_EARLIER);
}
