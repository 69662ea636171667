/** Which page says what to do about a connection that fails, for every way in which it can. */
import type { PlatformState, RetryReason, StopReason } from '../connection/state.ts';
import type { HelpTopic } from './topics.ts';

export const stopTopics: Record<StopReason, HelpTopic> = {
  'relay-not-set': 'set-up',
  'address-wrong': 'relay-address',
  'token-missing': 'token',
  'token-refused': 'token',
  'token-expired': 'token',
  'origin-refused': 'origin',
  forbidden: 'forbidden',
  'protocol-broken': 'protocol',
  'version-unknown': 'protocol',
};

export const retryTopics: Record<RetryReason, HelpTopic> = {
  lost: 'connection-lost',
  unreachable: 'relay-unreachable',
  'no-websocket': 'no-websocket',
  'not-a-relay': 'not-a-relay',
  silent: 'connection-lost',
  restart: 'connection-lost',
  overloaded: 'connection-lost',
  crowded: 'connection-lost',
  identity: 'connection-lost',
  'too-slow': 'connection-lost',
};

export const platformTopics: Record<Extract<PlatformState['name'], 'unauthorized' | 'down'>, HelpTopic> = {
  unauthorized: 'platform-token',
  down: 'platform-down',
};
