/** From which moment on lines may be missing, when a relay begins to lead. */
import type { LogEntry } from '../bus/bus.ts';

export type KnownUpSigns = {
  /** What a holder said of itself that was heard of last. */
  notedMs: number | undefined;
  /** The newest of the log that we have read: all that came before it was written before it. */
  newest: LogEntry | undefined;
  /** When the log's newest entry was written, where we came too late to read it. */
  lostAtMs: number | undefined;
  /** Of our own last term: `settledMs` of its writer when it ended. */
  ownMs: number | undefined;
};

/**
 * The last moment known by which all that the platform had sent is in the log, or told there as a gap; undefined: nobody
 * was ever there. What each sign says stays true, so the latest counts.
 */
export function lastKnownUp({ notedMs, newest, lostAtMs, ownMs }: KnownUpSigns): number | undefined {
  const newestMs = newest?.kind === 'gap' ? newest.gap.to : newest?.atMs;
  const moments = [notedMs, newestMs, lostAtMs, ownMs].filter((moment) => moment !== undefined);
  return moments.length === 0 ? undefined : Math.max(...moments);
}
