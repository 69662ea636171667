/** What a follower of a log was told, checked against the contract as it comes. */
import { expect } from 'vitest';
import type { LogEntry, LogReader } from '../../relay/bus/bus.ts';
import { until } from '../unit/relay/until.ts';

export type Reading = ReturnType<typeof createReading>;
type Begin = Parameters<LogReader['begin']>[0];
export type Numbered = { seq: number; entry: LogEntry };

export function createReading() {
  const begins: Begin[] = [];
  /** Since the last `begin`. */
  let entries: Numbered[] = [];
  /** Ever. */
  let told = 0;
  const broken: string[] = [];

  const reader: LogReader = {
    begin(start) {
      told += 1;
      begins.push(start);
      entries = [];
    },
    entry(seq, entry) {
      told += 1;
      const last = entries.at(-1)?.seq ?? begins.at(-1)?.lostSeq;
      if (last === undefined) broken.push(`${seq} before begin`);
      else if (seq <= last) broken.push(`${seq} after ${last}`);
      entries.push({ seq, entry });
    },
  };

  return {
    reader,
    begins,
    entries(): readonly Numbered[] {
      expect(broken).toEqual([]);
      return entries;
    },
    seqs: () => entries.map(({ seq }) => seq),
    told: () => told,
    /** Waits until exactly these have been read since the last `begin`. */
    reads(expected: readonly LogEntry[]): Promise<void> {
      return until(() => {
        expect(broken).toEqual([]);
        expect(entries).toHaveLength(expected.length);
        expect(entries.map(({ entry }) => entry)).toEqual(expected);
      });
    },
    hasBegun: () => until(() => expect(begins).not.toEqual([])),
  };
}
