/**
 * The pure reducer: (head, event) → (head, changed entries), at a cost that does not grow with the call.
 *
 * An utterance is opened by its first interim, revised in place, and settled by its final; its place in the call is
 * that of its first event and never changes, so nothing on screen moves. Which utterance an event belongs to is said
 * by its id, or, as the platform is not known to send one, is the open one of the same leg.
 */
import type { CallHead, CallStep, Entry, Gap, LineEntry, OpenUtterance } from './call.ts';
import type { CallEvent, LineEvent, Parties } from './event.ts';

const MAX_OPEN = 16;
const MAX_SETTLED = 32;

/** `atMs` is the relay's clock at the event's arrival, ms since 1970. */
export function advanceCall(
  head: CallHead | undefined,
  event: LineEvent | CallEvent,
  atMs: number,
): CallStep {
  const current = head === undefined ? openCall(event, atMs) : meetCall(head, event, atMs);
  if (event.kind === 'line') return takeLine(current, event, atMs);
  if (event.phase === 'ended') return endCall(current, event.atMs ?? atMs);
  if (event.phase === 'started')
    return { head: { ...current, phase: 'live', endedAtMs: undefined }, entries: [] };
  return { head: current, entries: [] };
}

/** Marks a loss in a call. Utterances open across it are kept open for a final that was only delayed. */
export function markGap(head: CallHead, gap: Gap): CallStep {
  const entry: Entry = { kind: 'gap', index: head.entryCount, ...gap };
  const open = head.open.map((utterance) => ({ ...utterance, beforeGap: true }));
  return { head: { ...head, open, entryCount: head.entryCount + 1 }, entries: [entry] };
}

function openCall(event: LineEvent | CallEvent, atMs: number): CallHead {
  return {
    id: event.callId,
    phase: 'live',
    startedAtMs: event.atMs ?? atMs,
    endedAtMs: undefined,
    lastEventAtMs: atMs,
    lastLineAtMs: undefined,
    parties: event.parties,
    entryCount: 0,
    open: [],
    settled: [],
  };
}

function meetCall(head: CallHead, event: LineEvent | CallEvent, atMs: number): CallHead {
  return {
    ...head,
    lastEventAtMs: Math.max(head.lastEventAtMs, atMs),
    parties: mergeParties(head.parties, event.parties),
  };
}

function mergeParties(known: Parties, told: Parties): Parties {
  return {
    caller: known.caller ?? told.caller,
    callee: known.callee ?? told.callee,
    customer: known.customer ?? told.customer,
    direction: known.direction ?? told.direction,
  };
}

function endCall(head: CallHead, endedAtMs: number): CallStep {
  // What is still interim stays as it was heard; a final that comes late still finds its line.
  const open = head.open.map((utterance) => ({ ...utterance, entry: { ...utterance.entry, final: true } }));
  const changed = open.filter((_, at) => head.open[at]?.entry.final === false).map(({ entry }) => entry);
  return { head: { ...head, phase: 'ended', endedAtMs, open }, entries: changed };
}

function takeLine(head: CallHead, event: LineEvent, atMs: number): CallStep {
  const heard = { ...head, lastLineAtMs: atMs };
  const key = utteranceKey(event);
  const open = findOpen(head.open, event, key);
  if (open !== undefined && isSameUtterance(open, event)) return reviseLine(heard, open, event);

  const settled =
    event.utteranceId === undefined ? undefined : head.settled.find((known) => known.key === key);
  if (settled !== undefined) return correctLine(heard, settled.entry, event, key);

  return addLine(open === undefined ? heard : dropOpen(heard, open), event, key, atMs, open);
}

function utteranceKey(event: LineEvent): string {
  const side = event.speaker ?? event.leg;
  return event.utteranceId === undefined ? side : `${side} ${event.utteranceId}`;
}

function findOpen(open: readonly OpenUtterance[], event: LineEvent, key: string): OpenUtterance | undefined {
  // A platform may give an id to finals only: then the final belongs to the leg's nameless interim.
  return (
    open.find((known) => known.key === key) ??
    open.find((known) => known.key === (event.speaker ?? event.leg))
  );
}

/** A final that was lost must not let the next utterance overwrite the last words that were heard. */
function isSameUtterance(open: OpenUtterance, event: LineEvent): boolean {
  if (event.utteranceId !== undefined && open.key === utteranceKey(event)) return true;
  if (event.final && !open.beforeGap) return true;
  return (
    firstWord(open.entry.text) === firstWord(event.text) ||
    (!open.beforeGap && isNoShorterThanHalf(open, event))
  );
}

function isNoShorterThanHalf(open: OpenUtterance, event: LineEvent): boolean {
  return event.text.length * 2 >= open.entry.text.length;
}

function firstWord(text: string): string {
  return (/\S+/.exec(text)?.[0] ?? '').toLowerCase();
}

function reviseLine(head: CallHead, utterance: OpenUtterance, event: LineEvent): CallStep {
  const final = event.final || head.phase === 'ended';
  const entry: LineEntry = { ...utterance.entry, text: event.text, final };
  const others = head.open.filter((known) => known !== utterance);
  if (!event.final)
    return { head: { ...head, open: [...others, { ...utterance, entry }] }, entries: [entry] };
  const settled = rememberSettled(head.settled, event, entry);
  return { head: { ...head, open: others, settled }, entries: [entry] };
}

/** A second final for the same id corrects the first; an interim that comes after its final is late and dropped. */
function correctLine(head: CallHead, settled: LineEntry, event: LineEvent, key: string): CallStep {
  if (!event.final || event.text === settled.text) return { head, entries: [] };
  const entry: LineEntry = { ...settled, text: event.text };
  const others = head.settled.filter((known) => known.key !== key);
  return { head: { ...head, settled: [...others, { key, entry }] }, entries: [entry] };
}

function addLine(
  head: CallHead,
  event: LineEvent,
  key: string,
  atMs: number,
  replaced: OpenUtterance | undefined,
): CallStep {
  const entry: LineEntry = {
    kind: 'line',
    index: head.entryCount,
    leg: event.leg,
    speaker: event.speaker,
    text: event.text,
    final: event.final || head.phase === 'ended',
    atMs: event.atMs ?? atMs,
  };
  const entries = replaced === undefined ? [entry] : [...settleEntry(replaced.entry), entry];
  const counted = { ...head, entryCount: head.entryCount + 1 };
  if (event.final)
    return { head: { ...counted, settled: rememberSettled(head.settled, event, entry) }, entries };
  const overfull = head.open.length >= MAX_OPEN ? head.open[0] : undefined;
  const open = [
    ...(overfull === undefined ? head.open : head.open.slice(1)),
    { key, entry, beforeGap: false },
  ];
  const forgotten = overfull === undefined ? [] : settleEntry(overfull.entry);
  return { head: { ...counted, open }, entries: [...forgotten, ...entries] };
}

function dropOpen(head: CallHead, utterance: OpenUtterance): CallHead {
  return { ...head, open: head.open.filter((known) => known !== utterance) };
}

function settleEntry(entry: LineEntry): LineEntry[] {
  return entry.final ? [] : [{ ...entry, final: true }];
}

function rememberSettled(
  settled: CallHead['settled'],
  event: LineEvent,
  entry: LineEntry,
): CallHead['settled'] {
  if (event.utteranceId === undefined) return settled;
  return [...settled.slice(1 - MAX_SETTLED), { key: utteranceKey(event), entry }];
}
