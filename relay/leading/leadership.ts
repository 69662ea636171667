/**
 * Whether this relay is the one that stays with the platform and writes the log.
 *
 *   following ── lease held, term begun ──▶ leading ── taken, refused, away too long, overfull ──▶ following
 *
 * The lease only spares the platform a second connection. That never two relays write is for the term to see to.
 */
import type { LeaseNote, ScriptLog, Term } from '../bus/bus.ts';
import { atMost, type Clock } from '../clock.ts';
import type { Limits } from '../limits.ts';

/** All hear at once that a lease was given up; they do not all ask at once. */
const VACANT_JITTER_MS = 100;

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

/** Only what `hold` and a term answer decides anything; a timer that comes late, after a pause, only asks later. */
export function createLeadership(deps: LeadershipDependencies): Leadership {
  const { log, clock, limits } = deps;
  let isLeading = false;
  let isStopped = false;
  /** The asking under way; there is never a second one. */
  let asking: Promise<void> | undefined;
  let isNoteNewer = false;
  /** The lease was given up since the asking under way began. */
  let isGivenUp = false;
  let cancelNext = () => {};
  /** When the first of those renewals was asked that nobody has answered since. */
  let unheardSinceMs: number | undefined;
  /** A relay that was deposed lets others go first. */
  let restsUntilMs = 0;
  let holder: LeaseNote | undefined;
  let cancelExpiry = () => {};
  /** Another relay's note came while we began a term. */
  let isOvertaken = false;

  function askIn(delayMs: number): void {
    cancelNext();
    // The clock may have been set back meanwhile.
    const restMs = Math.min(restsUntilMs - clock.now(), limits.leaseRenewMs);
    cancelNext = clock.after(Math.max(delayMs, restMs), ask);
  }

  function ask(): void {
    if (asking !== undefined || isStopped) return;
    cancelNext();
    isGivenUp = false;
    asking = isLeading ? renew() : compete();
  }

  function askSoon(): void {
    askIn(deps.random() * VACANT_JITTER_MS);
  }

  function asked(): void {
    asking = undefined;
    if (isStopped) return;
    if (isLeading && isNoteNewer) ask();
    else if (isGivenUp) askSoon();
    else askIn(limits.leaseRenewMs);
  }

  async function renew(): Promise<void> {
    const askedMs = clock.now();
    isNoteNewer = false;
    const answer = await log.hold(deps.note());
    // Deposed meanwhile: the lease may still be ours, but it is the next asking that begins a term.
    if (isLeading && !isStopped) {
      if (answer === 'away') unheardSinceMs ??= askedMs;
      else unheardSinceMs = undefined;
      if (answer === 'other') depose('taken');
      else if (unheardSinceMs !== undefined && clock.now() - unheardSinceMs >= limits.leaderPatienceMs) {
        depose('away');
      }
    }
    asked();
  }

  async function compete(): Promise<void> {
    const answer = await log.hold(deps.note());
    if (answer !== 'held' || isStopped) return asked();
    isOvertaken = false;
    const term = await log.beginTerm();
    if (term !== 'away' && !isOvertaken && !isStopped) {
      isLeading = true;
      isNoteNewer = false;
      unheardSinceMs = undefined;
      deps.onLead(term);
    }
    asked();
  }

  function depose(why: WhyDeposed): void {
    if (!isLeading) return;
    isLeading = false;
    restsUntilMs = clock.now() + limits.leaseRenewMs;
    if (asking === undefined) askIn(limits.leaseRenewMs);
    if (holder?.relay === deps.note().relay) heard(undefined);
    deps.onDeposed(why);
  }

  function heard(note: LeaseNote | undefined): void {
    cancelExpiry();
    if (note !== undefined) {
      isOvertaken ||= note.relay !== deps.note().relay;
      cancelExpiry = clock.after(limits.leaseMs, () => heard(undefined));
    }
    if (note === undefined && holder === undefined) return;
    holder = note;
    deps.onHolder(note);
  }

  return {
    start() {
      log.watchHolder((note) => {
        if (isStopped) return;
        heard(note);
        if (note !== undefined) return;
        if (asking === undefined) askSoon();
        else isGivenUp = true;
      });
      ask();
    },
    isLeading: () => isLeading,
    noteChanged() {
      if (!isLeading || isStopped) return;
      isNoteNewer = true;
      ask();
    },
    depose,
    async stop() {
      isStopped = true;
      isLeading = false;
      cancelNext();
      cancelExpiry();
      // What is being asked may yet take the lease: it is given up after that.
      const released = asking === undefined ? log.release() : asking.then(() => log.release());
      await atMost(clock, limits.leaseRenewMs, released);
    },
  };
}
