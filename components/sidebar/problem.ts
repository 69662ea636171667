/** What stands in the way of lines, in words, and what the agent can do about it. */
import type { MessageKey } from '../../utils/browser/runtime.ts';
import type { RelayState, RetryReason, StopReason } from '../../utils/connection/state.ts';
import { platformTopics, retryTopics, stopTopics } from '../../utils/help/topic-of.ts';
import type { HelpTopic } from '../../utils/help/topics.ts';
import type { Status } from '../../utils/messaging/sidebar-port.ts';

/** A token's end is announced this long before it comes. */
const ANNOUNCE_MS = 10 * 60_000;

export type Problem = {
  message: MessageKey;
  /** Fills the message's `$1`: how long ago, or until when. */
  durationMs?: number;
  /** `settings`: only the agent can mend it; `token`: with a new token. `retry`: it is tried again by itself, or now. `wait`: others must act. */
  remedy: 'settings' | 'token' | 'retry' | 'wait';
  tone: 'bad' | 'warn';
  /** The page that says more. */
  help: HelpTopic;
};

const stopped: Record<StopReason, MessageKey> = {
  'relay-not-set': 'problemRelayNotSet',
  'address-wrong': 'problemAddressWrong',
  'token-missing': 'problemTokenMissing',
  'token-refused': 'problemTokenRefused',
  'token-expired': 'problemTokenExpired',
  'origin-refused': 'problemOriginRefused',
  forbidden: 'problemForbidden',
  'protocol-broken': 'problemProtocolBroken',
  'version-unknown': 'problemVersionUnknown',
};

const retried: Record<RetryReason, MessageKey> = {
  lost: 'problemLost',
  unreachable: 'problemUnreachable',
  'no-websocket': 'problemNoWebsocket',
  'not-a-relay': 'problemNotARelay',
  silent: 'problemSilent',
  restart: 'problemLost',
  overloaded: 'problemOverloaded',
  crowded: 'problemCrowded',
  identity: 'problemIdentity',
  'too-slow': 'problemLost',
};

/** The one problem worth a banner: the nearest hop that fails, since nothing is known beyond it. */
export function findProblem({ relay, platform }: Status, nowMs: number): Problem | undefined {
  if (relay.name === 'stopped') return describeStop(relay, nowMs);
  // While it is tried again nothing is known to be better, and what is said stays.
  const retryReason =
    relay.name === 'waiting' ? relay.reason : relay.name === 'connecting' ? relay.after : undefined;
  if (retryReason !== undefined) {
    const help = retryTopics[retryReason];
    return { message: retried[retryReason], remedy: 'retry', tone: 'warn', help };
  }
  if (platform.name === 'unauthorized') {
    const help = platformTopics.unauthorized;
    return { message: 'problemPlatformUnauthorized', remedy: 'wait', tone: 'bad', help };
  }
  if (platform.name === 'down') {
    return { message: 'problemPlatformDown', remedy: 'wait', tone: 'warn', help: platformTopics.down };
  }
  if (relay.name !== 'connected' || relay.tokenExpiresAtMs === undefined) return undefined;
  const durationMs = relay.tokenExpiresAtMs - nowMs;
  if (durationMs > ANNOUNCE_MS) return undefined;
  return { message: 'problemTokenExpires', durationMs, remedy: 'token', tone: 'warn', help: 'token' };
}

const tokenReasons: readonly StopReason[] = ['token-missing', 'token-refused', 'token-expired'];

function describeStop(relay: Extract<RelayState, { name: 'stopped' }>, nowMs: number): Problem {
  const remedy = tokenReasons.includes(relay.reason) ? 'token' : 'settings';
  const known = { remedy, tone: 'bad', help: stopTopics[relay.reason] } as const;
  if (relay.expiredAtMs === undefined) return { message: stopped[relay.reason], ...known };
  return { message: 'problemTokenExpiredAgo', durationMs: nowMs - relay.expiredAtMs, ...known };
}
