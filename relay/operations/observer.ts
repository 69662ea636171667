/**
 * What is counted while the relay works. Called synchronously, some of it for every event and every client: an
 * observer is cheap, never throws, and is told numbers and states, never a text, a name or a token.
 */
import type { GapFrame, UpstreamState } from '../../utils/protocol/frames.ts';
import type { RefusalCode } from '../access/refusals.ts';
import type { WhyDeposed } from '../leading/leadership.ts';

/** Of one stream. */
export type StreamObserver = {
  /** From the platform, whatever becomes of it; bytes as they came. */
  frameReceived(bytes: number): void;
  frameDropped(reason: 'too-large'): void;
  gap(reason: GapFrame['reason']): void;
  upstreamState(state: UpstreamState): void;
  upstreamFailed(): void;
  /** `exp` of the platform's token, ms since 1970; `undefined`: it does not say. */
  platformTokenExpires(atMs: number | undefined): void;
  /** To one client; `lagMs`: since the newest of them came from the platform, `undefined` for what is replayed. */
  eventsSent(events: number, bytes: number, lagMs: number | undefined): void;
  /** Interim revisions left out for a client that is behind. */
  interimsSkipped(events: number): void;
  resumeAnswered(recovered: boolean): void;
  clientConnected(): void;
  /** With the close code. */
  clientLeft(code: number): void;
  /** Whether this relay stays with the platform and writes the log. */
  leads(isLeading: boolean): void;
  /** It did, and had to stop. */
  deposed(why: WhyDeposed): void;
  /** The log begins anew for all who listen here: it was lost, or went on unread. */
  streamBegan(): void;
};

export type Observer = {
  ofStream(name: string): StreamObserver;
  refused(code: RefusalCode): void;
  /** Of the listening address: a certificate has come into force. Ms since 1970. */
  certificateExpires(atMs: number): void;
  /** The connection to what the relays share was lost and is there again. */
  busReconnected(): void;
};

const nothing = () => {};

const silentStream: StreamObserver = {
  frameReceived: nothing,
  frameDropped: nothing,
  gap: nothing,
  upstreamState: nothing,
  upstreamFailed: nothing,
  platformTokenExpires: nothing,
  eventsSent: nothing,
  interimsSkipped: nothing,
  resumeAnswered: nothing,
  clientConnected: nothing,
  clientLeft: nothing,
  leads: nothing,
  deposed: nothing,
  streamBegan: nothing,
};

/** Counts nothing. */
export const silentObserver: Observer = {
  ofStream: () => silentStream,
  refused: nothing,
  certificateExpires: nothing,
  busReconnected: nothing,
};
