/** Entries of a call by their place in it, found at a cost that does not grow with the call. */
import type { Entry, LineEntry } from '../../utils/transcript/call.ts';
import { type CallModel, chunkAt, chunkNumber, ENTRIES_A_CHUNK } from './call-model.ts';

/** A number that is read aloud is said over so many entries at most, the other side's between them. */
export const ENTRIES_IN_SIGHT = 10;

/** Those that are kept from `from` to `to`, both included. */
export function entriesBetween(call: CallModel, from: number, to: number): Entry[] {
  const chunks = call.chunks.peek();
  const first = chunks[0]?.number ?? 0;
  return chunks
    .slice(Math.max(0, chunkNumber(from) - first), Math.max(0, chunkNumber(to) + 1 - first))
    .flatMap(({ entries }) => entries.peek().filter(({ index }) => index >= from && index <= to));
}

export function entryAt(call: CallModel, index: number): Entry | undefined {
  const chunk = chunkAt(call.chunks.peek(), chunkNumber(index));
  return chunk?.entries.peek().find((entry) => entry.index === index);
}

/** Whether everything that is kept of it is here. */
export function isWhole(call: CallModel): boolean {
  const end = call.summary.value.entryCount;
  return call.chunks.value.every(({ number, entries }) => {
    const from = Math.max(call.firstIndex.value, number * ENTRIES_A_CHUNK);
    const to = Math.min(end, (number + 1) * ENTRIES_A_CHUNK);
    return entries.value.length >= to - from;
  });
}

/** Everything that is here of it. */
export function wholeCall(call: CallModel): Entry[] {
  return call.chunks.peek().flatMap(({ entries }) => entries.peek());
}

/** Entries with those before and after them in which a number may begin or end. */
export function entriesAround(call: CallModel, entries: readonly Entry[]): Entry[] {
  const [first, last] = [entries[0], entries.at(-1)];
  if (first === undefined || last === undefined) return [];
  return entriesBetween(call, first.index - ENTRIES_IN_SIGHT, last.index + ENTRIES_IN_SIGHT);
}

/** The newest `count` lines and the losses between them. */
export function lastLines(call: CallModel, count: number): Entry[] {
  const taken: Entry[] = [];
  let left = count;
  for (const { entries } of call.chunks.peek().toReversed()) {
    for (const entry of entries.peek().toReversed()) {
      if (left === 0) return taken.reverse();
      taken.push(entry);
      if (isLine(entry)) left -= 1;
    }
  }
  return taken.reverse();
}

/** The line that was settled last. */
export function newestFinal(call: CallModel): LineEntry | undefined {
  for (const { entries } of call.chunks.peek().toReversed()) {
    const found = entries.peek().findLast((entry): entry is LineEntry => isLine(entry) && entry.final);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The line that is `count` lines after an entry, before it where `count` is negative; the last one there is in that direction. */
export function lineAfter(call: CallModel, index: number, count: number): number | undefined {
  const chunks = call.chunks.peek();
  const step = Math.sign(count);
  let left = Math.abs(count);
  let reached: number | undefined;
  for (
    let chunk = chunkAt(chunks, chunkNumber(index));
    chunk !== undefined;
    chunk = chunkAt(chunks, chunk.number + step)
  ) {
    const entries = chunk.entries.peek();
    for (const entry of step === 1 ? entries : entries.toReversed()) {
      if (!isLine(entry) || (entry.index - index) * step <= 0) continue;
      reached = entry.index;
      left -= 1;
      if (left === 0) return reached;
    }
  }
  return reached;
}

export function firstLine(call: CallModel): LineEntry | undefined {
  for (const { entries } of call.chunks.peek()) {
    const found = entries.peek().find(isLine);
    if (found !== undefined) return found;
  }
  return undefined;
}

export function isLine(entry: Entry): entry is LineEntry {
  return entry.kind === 'line';
}
