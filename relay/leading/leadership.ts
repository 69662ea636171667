/**
 * Whether this relay is the one that stays with the platform and writes the log.
 *
 *   following ── lease held, term begun ──▶ leading ── taken, refused, away too long, overfull ──▶ following
 *
 * The lease only spares the platform a second connection. That never two relays write is for the term to see to.
 */
import type { LeaseNote, ScriptLog, Term } from '../bus/bus.ts';
import type { Clock } from '../clock.ts';
import type { Limits } from '../limits.ts';

/** `refused`: somebody else has begun a term; `overfull`: more was left to write than is kept. */
export type WhyDeposed = 'taken' | 'refused' | 'away' | 'overfull';

export type LeadershipDependencies = {
  log: Pick<ScriptLog, 'hold' | 'release' | 'beginTerm' | 'watchHolder'>;
  clock: Clock;
  random: () => number;
  limits: Pick<Limits, 'leaseMs' | 'leaseRenewMs' | 'leaderPatienceMs'>;
  /** As it is now. */
  note: () => LeaseNote;
  /** The platform may be connected to, and the log written in this term. */
  onLead: (term: Term) => void;
  /** To be left, and nothing more written. */
  onDeposed: (why: WhyDeposed) => void;
  /** What the holder says of itself, us included; undefined once nobody has renewed the lease in `leaseMs`. */
  onHolder: (note: LeaseNote | undefined) => void;
};

export type Leadership = {
  /** To be called once. */
  start(): void;
  isLeading(): boolean;
  /** The note has changed: others are told at once. */
  noteChanged(): void;
  /** The writer cannot go on. Competes for the lease again, from a fresh term. */
  depose(why: WhyDeposed): void;
  /** Leads no more and gives the lease up; `onDeposed` is not called. */
  stop(): Promise<void>;
};
