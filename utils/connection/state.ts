/** What is known of the two connections, told apart: ours to the relay, and the relay's to the platform. */
import * as v from 'valibot';
import { upstreamStates } from '../protocol/frames.ts';

/** Why the connection stopped until somebody acts. */
const stopReasons = [
  'relay-not-set',
  'address-wrong',
  'token-missing',
  'token-refused',
  'token-expired',
  'origin-refused',
  'forbidden',
  'protocol-broken',
  'version-unknown',
] as const;

/** Why the connection is being tried again. */
const retryReasons = [
  'lost',
  'unreachable',
  'no-websocket',
  'not-a-relay',
  'silent',
  'restart',
  'overloaded',
  /** The agent, or the network, has all the connections it may have. */
  'crowded',
  /** The relay cannot reach those who vouch for the token. */
  'identity',
  'too-slow',
] as const;

const since = { sinceMs: v.number() };

export const relayState = v.variant('name', [
  /** No sidebar is open, so there is no connection. */
  v.object({ name: v.literal('off'), ...since }),
  v.object({
    name: v.literal('connecting'),
    ...since,
    /** Why it is tried again; none at the first attempt. */
    after: v.optional(v.picklist(retryReasons)),
  }),
  v.object({
    name: v.literal('connected'),
    ...since,
    agent: v.string(),
    tokenExpiresAtMs: v.optional(v.number()),
  }),
  v.object({ name: v.literal('waiting'), ...since, retryAtMs: v.number(), reason: v.picklist(retryReasons) }),
  v.object({
    name: v.literal('stopped'),
    ...since,
    reason: v.picklist(stopReasons),
    expiredAtMs: v.optional(v.number()),
  }),
]);

export const platformState = v.object({
  /** `unknown` while the relay is not connected: then nobody here can tell. */
  name: v.picklist([...upstreamStates, 'unknown']),
  ...since,
  detail: v.optional(v.string()),
});

export type StopReason = (typeof stopReasons)[number];
export type RetryReason = (typeof retryReasons)[number];
export type RelayState = v.InferOutput<typeof relayState>;
export type PlatformState = v.InferOutput<typeof platformState>;
