/** What a kept line takes of the heap, beside its event as JSON gives it. */
import { createCallBook } from '../../utils/transcript/call-book.ts';
import { longCallFrames } from './frames.ts';
import { eventsOf } from './stages.ts';
import { collectGarbage } from './turns.ts';

/** A call keeps no more. */
export const HEAP_LINES = 20_000;

/** Bytes a line. */
export function measureHeap(): { kept: number; parsed: number } {
  const frames = longCallFrames(HEAP_LINES, 'lines', 'long-call');
  return {
    kept: bytesOf(() => keep(frames)) / HEAP_LINES,
    parsed: bytesOf(() => parse(frames)) / HEAP_LINES,
  };
}

function keep(frames: readonly string[]): unknown {
  const book = createCallBook();
  for (const { data, at } of eventsOf(frames)) book.takeEvent(data, at);
  return book;
}

function parse(frames: readonly string[]): unknown {
  return Array.from(eventsOf(frames), ({ data }) => data);
}

/** By how much the heap is smaller once what was made is let go. */
function bytesOf(make: () => unknown): number {
  let held: unknown = make();
  collectGarbage();
  const withIt = process.memoryUsage().heapUsed;
  const wasMade = held !== undefined;
  held = undefined;
  collectGarbage();
  const bytes = withIt - process.memoryUsage().heapUsed;
  if (!wasMade) throw new Error('nothing was made that could be measured');
  return bytes;
}
