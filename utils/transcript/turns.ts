/** Turns: lines of one speaker in a row, under one label and time. */
import type { Entry, GapEntry, LineEntry } from './call.ts';

export type Turn = { kind: 'turn'; first: LineEntry; lines: LineEntry[] } | { kind: 'gap'; gap: GapEntry };

/** Groups entries in their order; a gap always stands alone and ends the turn before it. */
export function groupTurns(entries: readonly Entry[]): Turn[] {
  const turns: Turn[] = [];
  for (const entry of entries) {
    const last = turns.at(-1);
    if (entry.kind === 'gap') turns.push({ kind: 'gap', gap: entry });
    else if (last?.kind === 'turn' && isSameSpeaker(last.first, entry)) last.lines.push(entry);
    else turns.push({ kind: 'turn', first: entry, lines: [entry] });
  }
  return turns;
}

/** Whether two lines stand under one label. */
export function isSameSpeaker(one: LineEntry, other: LineEntry): boolean {
  return one.leg === other.leg && one.speaker === other.speaker;
}
