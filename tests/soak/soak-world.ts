/** What everybody in a soak shares. */
import type { Random } from '../chaos/random.ts';
import type { History } from './roster.ts';
import type { StreamRecord } from './stream-record.ts';

/** Things that happened, counted by name. */
export type Tally = { count(what: string, by?: number): void; max(what: string, value: number): void };

export type SoakWorld = {
  port: number;
  random: Random;
  history: History;
  record: StreamRecord;
  /** Whose call it is. */
  numberOf: (call: number) => string;
  tally: Tally;
  /** Something that must never happen; without text or token. */
  breach: (what: string) => void;
};
