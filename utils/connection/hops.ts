/**
 * What the test of a connection can find, hop by hop, in the order in which they are tried. A finding is a fact; its
 * words are chosen where it is shown.
 */
import type { UpstreamState } from '../protocol/frames.ts';
import type { UnreadReason } from '../transcript/event.ts';
import type { MappableField } from '../transcript/field-map.ts';
import type { AddressProblem } from './relay-address.ts';

export const hopNames = [
  'address',
  'reach',
  'protocol',
  'token',
  'platform',
  'arriving',
  'readable',
] as const;
export type HopName = (typeof hopNames)[number];

export type Finding =
  | { hop: 'address'; kind: 'address-encrypted' | 'address-loopback' | AddressProblem }
  | { hop: 'reach'; kind: 'answers' | 'plain-opens' | 'no-answer' | 'nothing-there' }
  | {
      hop: 'protocol';
      kind:
        | 'speaks-earshot'
        | 'plain-protocol'
        | 'plain-refused'
        | 'not-a-relay'
        | 'no-websocket'
        | 'no-hello'
        | 'protocol-broken'
        | 'version-unknown';
    }
  | { hop: 'protocol'; kind: 'closed'; code: number }
  | { hop: 'token'; kind: 'accepted'; agent: string; expiresAtMs: number | undefined }
  | { hop: 'token'; kind: 'expired'; expiredAtMs: number | undefined }
  | {
      hop: 'token';
      kind: 'rate' | 'crowded' | 'draining' | 'overloaded' | 'identity';
      retryAfterMs: number | undefined;
    }
  | { hop: 'token'; kind: 'missing' | 'unknown' | 'malformed' | 'origin' | 'forbidden' | 'plain-token' }
  | { hop: 'platform'; kind: UpstreamState; sinceMs: number; detail: string | undefined }
  | { hop: 'platform'; kind: 'plain-platform' | 'platform-unknown' }
  /** The newest event, as old as it was by our own clock. */
  | { hop: 'arriving'; kind: 'came'; agoMs: number }
  /** The relay holds none of the last `windowMs`. */
  | { hop: 'arriving'; kind: 'none-held'; windowMs: number }
  /** A relay without memory passed none on while it was listened to. */
  | { hop: 'arriving'; kind: 'none-heard'; listenedMs: number }
  | { hop: 'arriving'; kind: 'no-calls' | 'cut-off' }
  /** `no-text`, `no-call-id`: all were read, and none of them carried it. */
  | ({ hop: 'readable'; kind: 'all-read' | 'some-unread' | 'none-read' | 'no-text' | 'no-call-id' } & Reading)
  | { hop: 'readable'; kind: 'nothing-to-read' };

/** How events were read. */
export type Reading = {
  count: number;
  readCount: number;
  /** What at least one of those that were read carried. */
  fields: MappableField[];
  /** Why the newest that was not read could not be. */
  lastReason: UnreadReason | undefined;
};

export type FindingOf<Hop extends HopName> = Extract<Finding, { hop: Hop }>;

/** `poor` ends the test: what lies behind cannot be told. `unknown`: nothing is wrong, and nothing is shown. */
export type HopTone = 'good' | 'poor' | 'unknown';

const good = new Set<Finding['kind']>([
  'address-encrypted',
  'address-loopback',
  'answers',
  'plain-opens',
  'speaks-earshot',
  'accepted',
  'up',
  'came',
  'all-read',
]);
const unknown = new Set<Finding['kind']>([
  'plain-protocol',
  'plain-token',
  'plain-platform',
  'none-held',
  'none-heard',
  'nothing-to-read',
  'no-text',
  'no-call-id',
]);

export function toneOf({ kind }: Finding): HopTone {
  if (good.has(kind)) return 'good';
  return unknown.has(kind) ? 'unknown' : 'poor';
}
