/**
 * Which interims a reader can do without: those in whose place, for certain, a later event of the stream stands. The
 * extension's reducer (`advanceCall`) decides what revises what, and where it looks at what came in between, nothing
 * is certain. An utterance's first event is never done without: it gives the line its place.
 */
import type { LineFacts } from './event-facts.ts';
import type { StreamEvent } from './stream.ts';

/** The reducer keeps 16 utterances of a call open; one that fewer than this have followed is among them. */
const MAX_OPENED_SINCE = 8;
const MAX_SIDES = 100;

/** Whether interims of a side come with ids. `mixed`: a final may belong to either, and nothing is certain. */
type Naming = 'ids' | 'nameless' | 'mixed';
type Utterance = { firstWord: string; openedAs: number; newest: StreamEvent; isFirst: boolean };
type Call = { opened: number; newestSeq: number; sides: Map<string, Naming>; open: Map<string, Utterance> };

export type LineRevisions = ReturnType<typeof createLineRevisions>;

export function createLineRevisions() {
  const calls = new Map<string, Call>();

  return {
    /** An event has been appended: marks the one that it supersedes. */
    take(event: StreamEvent): void {
      const { line } = event.facts;
      if (line === undefined) return;
      const call: Call = calls.get(line.call) ?? {
        opened: 0,
        newestSeq: 0,
        sides: new Map(),
        open: new Map(),
      };
      calls.set(line.call, call);
      call.newestSeq = event.seq;
      const naming = line.utteranceId === undefined ? 'nameless' : 'ids';
      if (namingOf(call, line, naming) !== naming) forgetSide(call, line.side);
      else takeLine(call, line, event);
    },

    /** Forgets calls and utterances of which nothing is held any more. */
    trim(oldestSeq: number): void {
      for (const [id, { newestSeq, open }] of calls) {
        if (newestSeq < oldestSeq) calls.delete(id);
        for (const [key, { newest }] of open) if (newest.seq < oldestSeq) open.delete(key);
      }
    },
  };
}

function namingOf({ sides }: Call, { side, final }: LineFacts, naming: Naming): Naming | undefined {
  const known = sides.get(side);
  if (final || known === naming) return known;
  if (known === undefined && sides.size >= MAX_SIDES) return undefined;
  const told = known === undefined ? naming : 'mixed';
  sides.set(side, told);
  return told;
}

function takeLine(call: Call, line: LineFacts, event: StreamEvent): void {
  const key = keyOf(line);
  const known = call.open.get(key);
  const isRevised = known !== undefined && isRevisedBy(known, line, call.opened);
  if (isRevised && !known.isFirst) known.newest.isSuperseded = true;
  call.open.delete(key);
  if (line.final) return;
  if (isRevised) {
    call.open.set(key, { ...known, newest: event, isFirst: false });
  } else {
    call.opened += 1;
    const { firstWord } = line;
    call.open.set(key, { firstWord, openedAs: call.opened, newest: event, isFirst: true });
  }
  const [longestAgo] = call.open.size > MAX_OPENED_SINCE ? call.open.keys() : [];
  if (longestAgo !== undefined) call.open.delete(longestAgo);
}

/** Without an id only the same first word is certain: what else counts there depends on gaps and on lengths. */
function isRevisedBy(known: Utterance, line: LineFacts, opened: number): boolean {
  if (opened - known.openedAs >= MAX_OPENED_SINCE) return false;
  return line.utteranceId !== undefined || known.firstWord === line.firstWord;
}

function keyOf({ side, utteranceId }: LineFacts): string {
  return JSON.stringify(utteranceId === undefined ? [side] : [side, utteranceId]);
}

/** Whether an utterance's open interim will be found again is not certain from here on. */
function forgetSide({ open }: Call, side: string): void {
  for (const key of open.keys()) if ((JSON.parse(key) as string[])[0] === side) open.delete(key);
}
