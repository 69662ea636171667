/** What one platform event says, once read. The platform's payload is undocumented; this is ours. */

/** The side of the call that spoke. `unknown` where the event does not say. */
export type Leg = 'caller' | 'callee' | 'unknown';

export const directions = ['inbound', 'outbound'] as const;
export type Direction = (typeof directions)[number];

/** What an event tells of who is on the call; each is shown as text and never trusted. */
export type Parties = {
  caller?: string | undefined;
  callee?: string | undefined;
  customer?: string | undefined;
  /** As the platform's customer sees it: `inbound` is a call to them. */
  direction?: Direction | undefined;
};

export const unreadReasons = [
  'broken-json',
  'no-text',
  'text-not-readable',
  'call-id-not-readable',
  'nested-too-deep',
  'too-many-events',
  'not-an-event',
] as const;
export type UnreadReason = (typeof unreadReasons)[number];

export type LineEvent = {
  kind: 'line';
  callId: string;
  leg: Leg;
  /** A speaker's name, where the event gives one instead of a leg. */
  speaker: string | undefined;
  text: string;
  /** `false`: this text will be revised or settled by a later event. */
  final: boolean;
  utteranceId: string | undefined;
  /** When it was spoken, ms since 1970, where the event says so. */
  atMs: number | undefined;
  parties: Parties;
};

export type CallEvent = {
  kind: 'call';
  callId: string;
  /** `seen`: the event names the call and nothing else that we know. */
  phase: 'started' | 'ended' | 'seen';
  atMs: number | undefined;
  parties: Parties;
};

export type TranscriptEvent =
  | LineEvent
  | CallEvent
  | { kind: 'keep-alive' }
  | { kind: 'unread'; reason: UnreadReason };

/** The call of lines that name none: they are shown together rather than dropped. */
export const UNIDENTIFIED_CALL = 'unidentified';
