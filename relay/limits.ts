/** Every bound of the relay in one place; tests pass smaller ones. */

const KIB = 1024;
const MIB = 1024 * KIB;

export type Limits = { readonly [name in keyof typeof LIMITS]: number };

export const LIMITS = {
  /** Connected at once: in all, with tokens of one agent, and from one address. */
  connections: 10_000,
  connectionsPerAgent: 20,
  connectionsPerAddress: 1_000,
  /** Sockets beyond `connections`, for those who are asking or being refused; more are cut unheard. */
  askingSockets: 2_000,
  /** How long a client may take to say where it resumes before it gets what followed its `hello`. */
  resumeWaitMs: 1_000,
  /** A resume from where this relay has not read yet waits so long: longer than its log falls silent unnoticed. */
  resumeAheadMs: 4_000,
  /** What a client is told to ping at. */
  pingMs: 20_000,
  /** No frame and no answer to a protocol ping for this long (three pings): the connection is cut. */
  clientSilenceMs: 60_000,
  clientFramesPerSecond: 20,
  /**
   * Above this the socket layer itself cuts the connection (1009). It is more than the protocol's 16 KiB so that
   * a frame which is merely too large is answered with a `bye` that says so.
   */
  clientFrameHardBytes: 64 * KIB,
  /** A message in more pieces than this is cut (1008): empty ones count for no bytes and would never end. */
  clientFragments: 256,
  /** One `events` frame; a single larger event still travels, alone. */
  batchEvents: 500,
  batchBytes: 32 * KIB,
  /**
   * No further slice is handed to a socket that still holds this much. Not less than what a Node socket takes before it
   * promises to tell when it has drained (64 KiB): below that nobody would wake the client.
   */
  sliceBytes: 64 * KIB,
  /** A client this far behind does without interims in whose place a later event stands. */
  leanBytes: 256 * KIB,
  /** A client this far behind for `slowMs` is closed with 4408. */
  slowBytes: MIB,
  slowMs: 5_000,
  /** A socket that holds this much is cut at once. */
  unsentHardBytes: 8 * MIB,
  /** From our close frame until the connection is cut. */
  closeWaitMs: 2_000,
  /** How often an agent hears that events it may not see have moved the stream on. */
  positionMs: 1_000,
  /** Refused tokens of one address in a minute before 429 answers. */
  refusalsPerMinute: 30,
  refusalAddresses: 10_000,
  /** How often events older than the window are let go while nothing arrives. */
  trimMs: 10_000,
  /** How often open connections are asked whether their tokens have expired. */
  tokenCheckMs: 500,
  /** A client told to come back is told to wait a random time up to this. */
  retryAfterMs: 2_000,
  /** One refused for what does not pass at once is told to wait this long, and a random time up to as long again. */
  retryLaterMs: 5_000,
  /** A lease that is not renewed for this long is free for another relay. */
  leaseMs: 5_000,
  leaseRenewMs: 1_000,
  /** So long may a leader's bus be away until it leaves the platform: a NATS cluster chooses a new leader in 4 to 10 s. */
  leaderPatienceMs: 15_000,
  /** What a leader keeps of what the bus has not taken yet; beyond it, it leaves the platform, and a gap is told. */
  pendingEntries: 10_000,
  pendingBytes: 16 * MIB,
  appendsAtOnce: 256,
  appendTimeoutMs: 2_000,
  /** A relay whose bus has been away for this long sends its agents to where another may serve them. */
  busAwayMs: 10_000,
  /** At the end so many are sent away at once, then as many after each pause; never for longer than `drainMs`. */
  drainSliceClients: 50,
  drainSliceMs: 100,
  drainMs: 10_000,
} as const satisfies Record<string, number>;

/** A platform frame larger than this is dropped. */
export const MAX_PLATFORM_FRAME_BYTES = MIB;
/** Up to here a platform frame is read whole, so that dropping it does not cost the connection. */
export const MAX_PLATFORM_PAYLOAD_BYTES = 64 * MIB;
