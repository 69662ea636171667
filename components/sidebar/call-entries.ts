/** Entries of a call by their place in it, found at a cost that does not grow with the call. */
import type { Entry, LineEntry } from '../../utils/transcript/call.ts';
import { type CallModel, chunkNumber } from './call-model.ts';

/** A number that is read aloud is said over so many entries at most, the other side's between them. */
export const ENTRIES_IN_SIGHT = 10;

/** Those that are kept from `from` to `to`, both included. */
export function entriesBetween(call: CallModel, from: number, to: number): Entry[] {
  return call.chunks
    .peek()
    .filter(({ number }) => number >= chunkNumber(from) && number <= chunkNumber(to))
    .flatMap(({ entries }) => entries.peek().filter(({ index }) => index >= from && index <= to));
}

/** Everything that is kept of it. */
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

export function isLine(entry: Entry): entry is LineEntry {
  return entry.kind === 'line';
}
