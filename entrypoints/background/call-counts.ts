/** How much is kept of calls, in numbers. */
import type { KeptCall } from '../../utils/transcript/call-book.ts';

export type CallCounts = { calls: number; liveCalls: number; lines: number; gaps: number };

export function countCalls(calls: ReadonlyMap<string, KeptCall>): CallCounts {
  const counts = { calls: calls.size, liveCalls: 0, lines: 0, gaps: 0 };
  for (const { head, entries } of calls.values()) {
    if (head.phase === 'live') counts.liveCalls += 1;
    const lines = entries.filter(({ kind }) => kind === 'line').length;
    counts.lines += lines;
    counts.gaps += entries.length - lines;
  }
  return counts;
}
