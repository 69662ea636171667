/**
 * One call as the sidebar shows it: entries in chunks of fixed indexes, each with a signal of its own, so that a line
 * costs the same in a call of ten and of twenty thousand.
 */
import { type Signal, signal } from '@preact/signals';
import type { CallSummary, Entry } from '../../utils/transcript/call.ts';
import { isSameSpeaker } from '../../utils/transcript/turns.ts';

const ENTRIES_A_CHUNK = 50;

export type Chunk = {
  /** Entries `number · 50` and on. */
  number: number;
  entries: Signal<readonly Entry[]>;
  /** The chunk begins inside a turn, whose label stands in the chunk before. */
  continues: boolean;
};

export type CallModel = {
  summary: Signal<CallSummary>;
  chunks: Signal<readonly Chunk[]>;
  /** Entries before this one are no longer kept. */
  firstIndex: Signal<number>;
};

/** The number of the chunk in which the entry of this index stands. */
export function chunkNumber(index: number): number {
  return Math.floor(index / ENTRIES_A_CHUNK);
}

export function createCall(summary: CallSummary): CallModel {
  return { summary: signal(summary), chunks: signal([]), firstIndex: signal(0) };
}

/** A gap is always the newest entry: what stood at its place or after it was never kept, and will come again. */
export function putEntries(call: CallModel, entries: readonly Entry[]): void {
  for (const { kind, index } of entries) {
    if (kind === 'gap') dropFrom(call, index);
  }
  const byChunk = Map.groupBy(entries, ({ index }) => chunkNumber(index));
  for (const [number, changed] of byChunk) putInto(chunkOf(call, number, changed[0]), changed);
}

function chunkOf(call: CallModel, number: number, first: Entry | undefined): Chunk {
  const known = call.chunks.value.findLast((chunk) => chunk.number === number);
  if (known !== undefined) return known;
  const before = call.chunks.value.findLast((chunk) => chunk.number === number - 1)?.entries.value.at(-1);
  const continues = before?.kind === 'line' && first?.kind === 'line' && isSameSpeaker(before, first);
  const chunk = { number, entries: signal<readonly Entry[]>([]), continues };
  call.chunks.value = [...call.chunks.value, chunk].sort((one, other) => one.number - other.number);
  return chunk;
}

function putInto(chunk: Chunk, changed: readonly Entry[]): void {
  const entries = [...chunk.entries.value];
  for (const entry of changed) {
    const at = entries.findLastIndex(({ index }) => index <= entry.index);
    if (entries[at]?.index === entry.index) entries[at] = entry;
    else entries.splice(at + 1, 0, entry);
  }
  chunk.entries.value = entries;
}

function dropFrom(call: CallModel, index: number): void {
  const last = call.chunks.value.at(-1)?.entries.value.at(-1);
  if (last === undefined || last.index < index) return;
  call.chunks.value = call.chunks.value.filter(({ number }) => number * ENTRIES_A_CHUNK < index);
  const chunk = call.chunks.value.at(-1);
  if (chunk !== undefined) chunk.entries.value = chunk.entries.value.filter((entry) => entry.index < index);
}

/** Lets entries before this index go: they are no longer kept. */
export function dropBefore(call: CallModel, firstIndex: number): void {
  call.firstIndex.value = firstIndex;
  const kept = call.chunks.value.filter(({ number }) => (number + 1) * ENTRIES_A_CHUNK > firstIndex);
  const [first, ...rest] = kept;
  if (first === undefined) {
    call.chunks.value = kept;
    return;
  }
  first.entries.value = first.entries.value.filter(({ index }) => index >= firstIndex);
  // The label it continued under is no longer there.
  call.chunks.value = [{ ...first, continues: false }, ...rest];
}
