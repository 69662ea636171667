/** The close codes of `earshot.v1` and of WebSocket itself, and what a client does on each. */

export const CLOSE = {
  goingAway: 1001,
  lost: 1006,
  restart: 1012,
  overloaded: 1013,
  protocolBroken: 4400,
  tokenRefused: 4401,
  forbidden: 4403,
  tooSlow: 4408,
  versionUnknown: 4426,
} as const;

/** `retry`: with backoff. The others stop until somebody acts: the words shown differ, so each has a name. */
export type CloseReaction = 'retry' | 'stop-protocol' | 'stop-token' | 'stop-forbidden' | 'stop-version';

/** Anything not named in the protocol is a lost connection: retry. */
export function reactToClose(code: number): CloseReaction {
  switch (code) {
    case CLOSE.protocolBroken:
      return 'stop-protocol';
    case CLOSE.tokenRefused:
      return 'stop-token';
    case CLOSE.forbidden:
      return 'stop-forbidden';
    case CLOSE.versionUnknown:
      return 'stop-version';
    default:
      return 'retry';
  }
}
