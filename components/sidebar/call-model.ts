/**
 * One call as the sidebar shows it: entries in chunks of fixed indexes, each with a signal of its own, so that a line
 * costs the same in a call of ten and of twenty thousand. The chunks are there from the first word of a call on, its
 * entries come in any order.
 */
import { type Signal, signal } from '@preact/signals';
import type { CallSummary, Entry } from '../../utils/transcript/call.ts';
import { isSameSpeaker } from '../../utils/transcript/turns.ts';

export const ENTRIES_A_CHUNK = 50;

export type Chunk = {
  /** Entries `number · 50` and on. */
  number: number;
  /** Those that are here. */
  entries: Signal<readonly Entry[]>;
  /** The chunk begins inside a turn, whose label stands in the chunk before. */
  continues: Signal<boolean>;
};

export type CallModel = {
  /** The same for as long as there is a call: who asks only which one it is hears nothing of its lines. */
  id: string;
  startedAtMs: number;
  summary: Signal<CallSummary>;
  /** One after another without a hole, from that of the first entry which is kept to that of the newest. */
  chunks: Signal<readonly Chunk[]>;
  /** Entries before this one are no longer kept. */
  firstIndex: Signal<number>;
};

/** The number of the chunk in which the entry of this index stands. */
export function chunkNumber(index: number): number {
  return Math.floor(index / ENTRIES_A_CHUNK);
}

export function createCall(summary: CallSummary): CallModel {
  const { id, startedAtMs } = summary;
  return { id, startedAtMs, summary: signal(summary), chunks: signal([]), firstIndex: signal(0) };
}

/** The chunk of this number among those of a call, in their order. */
export function chunkAt(chunks: readonly Chunk[], number: number): Chunk | undefined {
  return chunks[number - (chunks[0]?.number ?? 0)];
}

/** Puts entries at their index, whichever are here already; the call's summary is that of the same moment. */
export function putEntries(call: CallModel, entries: readonly Entry[]): void {
  const end = Math.max(call.summary.peek().entryCount, ...entries.map(({ index }) => index + 1));
  // After a loss the call goes on from what was kept: what a worker told and never kept comes again, if at all.
  if (entries.some(({ kind }) => kind === 'gap')) dropFrom(call, end);
  cover(call, end);
  for (const [number, changed] of Map.groupBy(entries, ({ index }) => chunkNumber(index))) {
    const chunk = chunkAt(call.chunks.peek(), number);
    if (chunk === undefined) continue;
    putInto(chunk, changed);
    join(call, number);
    join(call, number + 1);
  }
}

/** Makes the chunks up to the entry before `end`. */
function cover(call: CallModel, end: number): void {
  const chunks = call.chunks.peek();
  const from = (chunks.at(-1)?.number ?? chunkNumber(call.firstIndex.peek()) - 1) + 1;
  const count = chunkNumber(end - 1) + 1 - from;
  if (count <= 0 || end <= call.firstIndex.peek()) return;
  const made = Array.from(
    { length: count },
    (_, at): Chunk => ({ number: from + at, entries: signal([]), continues: signal(false) }),
  );
  call.chunks.value = [...chunks, ...made];
}

function putInto(chunk: Chunk, changed: readonly Entry[]): void {
  const entries = [...chunk.entries.peek()];
  for (const entry of changed) {
    const at = entries.findLastIndex(({ index }) => index <= entry.index);
    if (entries[at]?.index === entry.index) entries[at] = entry;
    else entries.splice(at + 1, 0, entry);
  }
  chunk.entries.value = entries;
}

/** Looks whether a chunk begins inside the last turn of the one before. */
function join(call: CallModel, number: number): void {
  const chunks = call.chunks.peek();
  const chunk = chunkAt(chunks, number);
  if (chunk === undefined) return;
  const before = chunkAt(chunks, number - 1)
    ?.entries.peek()
    .at(-1);
  const [first] = chunk.entries.peek();
  const isNext = before !== undefined && before.index + 1 === first?.index;
  chunk.continues.value =
    isNext && before.kind === 'line' && first.kind === 'line' && isSameSpeaker(before, first);
}

function dropFrom(call: CallModel, index: number): void {
  const chunks = call.chunks.peek();
  const last = chunks.at(-1);
  if (last === undefined || (last.number + 1) * ENTRIES_A_CHUNK <= index) return;
  const kept = chunks.filter(({ number }) => number * ENTRIES_A_CHUNK < index);
  if (kept.length < chunks.length) call.chunks.value = kept;
  keepOnly(kept.at(-1), (entry) => entry.index < index);
}

/** Lets entries before this index go: they are no longer kept. */
export function dropBefore(call: CallModel, firstIndex: number): void {
  if (call.firstIndex.peek() === firstIndex) return;
  call.firstIndex.value = firstIndex;
  const chunks = call.chunks.peek();
  const kept = chunks.filter(({ number }) => (number + 1) * ENTRIES_A_CHUNK > firstIndex);
  if (kept.length < chunks.length) call.chunks.value = kept;
  const [first] = kept;
  if (first === undefined) return;
  keepOnly(first, ({ index }) => index >= firstIndex);
  // The label it continued under is no longer there.
  join(call, first.number);
}

function keepOnly(chunk: Chunk | undefined, isKept: (entry: Entry) => boolean): void {
  const entries = chunk?.entries.peek() ?? [];
  const kept = entries.filter(isKept);
  if (chunk !== undefined && kept.length < entries.length) chunk.entries.value = kept;
}
