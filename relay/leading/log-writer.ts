/**
 * Writes one term's entries in order, several under way at once. What the bus did not answer is written again from the
 * first that is not known to be stored; only that first one being refused by itself says that somebody else writes.
 */
import type { LogEntry, Term } from '../bus/bus.ts';
import type { Clock } from '../clock.ts';
import type { Limits } from '../limits.ts';

export type LogWriterDependencies = {
  term: Term;
  clock: Clock;
  limits: Pick<Limits, 'appendsAtOnce' | 'pendingEntries' | 'pendingBytes'>;
  /** The term has ended; nothing more is written. */
  onRefused: () => void;
  /** More is left to write than is kept; nothing more is written. */
  onOverfull: () => void;
};

export type LogWriter = {
  append(entry: LogEntry): void;
  /** Entries not yet known to be stored. */
  pending(): number;
  /** By when all is stored that came until `knownUpMs`: that moment itself, or the first entry's that is not. */
  settledMs(knownUpMs: number | undefined): number | undefined;
  /** Resolves when nothing is left to write, or nothing more will be. */
  drained(): Promise<void>;
  /** What is left is not written. */
  stop(): void;
};
