/** What stands in the way of lines, in words, and what the agent can do about it. */
import type { MessageKey } from '../../utils/browser/runtime.ts';
import type { RetryReason, StopReason } from '../../utils/connection/state.ts';
import type { Status } from '../../utils/messaging/sidebar-port.ts';

export type Problem = {
  message: MessageKey;
  /** `settings`: only the agent can mend it. `retry`: it is tried again by itself, or now. `wait`: others must act. */
  remedy: 'settings' | 'retry' | 'wait';
  tone: 'bad' | 'warn';
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
  'too-slow': 'problemLost',
};

/** The one problem worth a banner: the nearest hop that fails, since nothing is known beyond it. */
export function findProblem({ relay, platform }: Status): Problem | undefined {
  if (relay.name === 'stopped') return { message: stopped[relay.reason], remedy: 'settings', tone: 'bad' };
  if (relay.name === 'waiting') return { message: retried[relay.reason], remedy: 'retry', tone: 'warn' };
  if (platform.name === 'unauthorized') {
    return { message: 'problemPlatformUnauthorized', remedy: 'wait', tone: 'bad' };
  }
  if (platform.name === 'down') return { message: 'problemPlatformDown', remedy: 'wait', tone: 'warn' };
  return undefined;
}
