/**
 * What carries events between the relay that holds the connection to the platform and all that serve agents. One
 * process is enough for itself (`memory-bus.ts`); several stand behind NATS JetStream (`nats/`). Both keep this contract,
 * which one suite of tests holds them to.
 */
import type { GapFrame, UpstreamFrame } from '../../utils/protocol/frames.ts';

/** `json`: JSON text of the event's data; `atMs`: when it came from the platform. */
export type EventEntry = { kind: 'event'; atMs: number; json: string };
export type GapEntry = { kind: 'gap'; gap: Omit<GapFrame, 'type'> };
export type LogEntry = EventEntry | GapEntry;

/** How much is kept: entries, milliseconds, bytes. */
export type LogWindow = { events: number; ms: number; bytes: number };
/** One script of the platform; relays that name it alike share its log. `url`: of the platform, told apart if it differs. */
export type Script = { name: string; url: string; window: LogWindow };

/** `lostAtMs`: when the newest entry was written, where nothing is held any more. */
export type LogStart = { epoch: string; lostSeq: number; lostAtMs?: number | undefined };

/** What reads a log: all relays do, the one that writes it too. */
export type LogReader = {
  /**
   * First of all, and again whenever what follows does not continue what came before: the log was lost and is another
   * (`epoch`), or entries in between were let go unread. Everything after `lostSeq` follows.
   */
  begin(start: LogStart): void;
  /** In order, each once. Numbers only grow; some are left out. */
  entry(seq: number, entry: LogEntry): void;
};

/** What the holder of a lease says of itself. */
export type LeaseNote = {
  /** Of one process; no two are alike. */
  relay: string;
  upstream: Omit<UpstreamFrame, 'type'>;
  /** The last moment by which all that the platform had sent is in the log; undefined: it was never there. */
  knownUpMs: number | undefined;
};

/**
 * `refused`: the newest entry is not the one we said, so somebody else has written, or one of ours before it was lost.
 * `away`: nobody answered; whether it is stored is unknown.
 */
export type Appended = { kind: 'stored'; seq: number } | { kind: 'refused' } | { kind: 'away' };

/** The right to write, for as long as nobody begins a term after this one. */
export type Term = {
  readonly epoch: string;
  /** The newest number when the term began. */
  readonly head: number;
  /**
   * Appends after the entry numbered `after`. Several may be under way at once, each after the one before: entries are
   * numbered one by one. Repeated with the same `after` it is stored once.
   */
  append(entry: LogEntry, after: number): Promise<Appended>;
};

/** One relay's hand on one script's log and lease. Nothing rejects; `away` is where the bus does not answer. */
export type ScriptLog = {
  /** To be called once; what is held follows, then what comes, until `close`. In memory it begins before this returns. */
  follow(reader: LogReader): void;
  /** Entries that the log has and the reader has not had; at least 1 while nothing is heard of it. */
  lag(): number;
  /**
   * Takes the lease where it is free, and keeps it where it is ours; to be repeated well within `leaseMs`, or it is free
   * again. Never a reason to write: only a term is.
   */
  hold(note: LeaseNote): Promise<'held' | 'other' | 'away'>;
  /** Gives it up if it is ours, so that another need not wait. */
  release(): Promise<void>;
  /** The holder's note, at once if there is one, and whenever it is renewed; undefined when it has been given up. */
  watchHolder(listener: (note: LeaseNote | undefined) => void): void;
  /**
   * From here on nobody who began a term before can append. To be called by who holds the lease. The reader has had all
   * that was written before it resolves to a term.
   */
  beginTerm(): Promise<Term | 'away'>;
  /** Nothing is told any more. */
  close(): Promise<void>;
};

export type BusState = 'here' | 'away';
export type BusStatus = {
  state: BusState;
  sinceMs: number;
  /** Why it is away, in words for operators; without addresses of agents, tokens or passwords. */
  detail?: string | undefined;
};

export type Bus = {
  open(script: Script): ScriptLog;
  status(): BusStatus;
  /** Told of each change from now on. */
  onStatus(listener: (status: BusStatus) => void): void;
  /** Logs are closed before. */
  close(): Promise<void>;
};
