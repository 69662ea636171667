/**
 * Which sequence numbers of a stream were taken already, as sorted ranges that do not touch. An agent who sees every
 * call has one range; rules leave holes. A call's earlier events may follow later, so order alone tells no duplicate.
 */
export type Seen = readonly (readonly [from: number, to: number])[];

/** More holes than this and the oldest ranges are forgotten: relays do not repeat what is that old. */
const MAX_RANGES = 256;

export function hasSeen(seen: Seen, seq: number): boolean {
  const at = findRange(seen, seq);
  const range = seen[at];
  return range !== undefined && seq >= range[0];
}

/** `seen` and `seq`, joined with its neighbours. */
export function addSeen(seen: Seen, seq: number): Seen {
  const at = findRange(seen, seq);
  const next = seen[at];
  if (next !== undefined && seq >= next[0]) return seen;
  const before = seen[at - 1];
  const joinsBefore = before !== undefined && before[1] === seq - 1;
  const joinsNext = next !== undefined && next[0] === seq + 1;
  const joined = [joinsBefore ? before[0] : seq, joinsNext ? next[1] : seq] as const;
  const ranges = [
    ...seen.slice(0, joinsBefore ? at - 1 : at),
    joined,
    ...seen.slice(joinsNext ? at + 1 : at),
  ];
  return ranges.length > MAX_RANGES ? ranges.slice(-MAX_RANGES) : ranges;
}

/** The first range that ends at `seq` or after it; the newest are looked at first, where events come in. */
function findRange(seen: Seen, seq: number): number {
  let at = seen.length;
  while (at > 0 && (seen[at - 1]?.[1] ?? 0) >= seq) at -= 1;
  return at;
}
