/** States, inputs and effects of the connection machine; `connection-machine.ts` draws how they follow. */
import type { ClientFrame, RelayFrame } from '../protocol/frames.ts';
import type { FieldMap } from '../transcript/field-map.ts';
import type { Seen } from './seen.ts';
import type { RetryReason, StopReason } from './state.ts';

/** What we hold of the relay's stream: a resume asks for what follows `seq`. */
export type ResumePoint = {
  epoch: string;
  seq: number;
  /** What was taken already: nothing is taken twice. */
  seen: Seen;
};

/** How far we have come, and until when (ms since 1970) we held everything: there a gap begins, if one must. */
export type Checkpoint = { resume: ResumePoint; currentAtMs: number };

export type Carried = {
  resume: ResumePoint | undefined;
  /** When we last were known to hold everything, ms since 1970. */
  currentAtMs: number | undefined;
  /** Failed attempts in a row. */
  attempt: number;
};

type ConnectedPhase = {
  name: 'connected';
  resume: ResumePoint;
  agent: string;
  /** When the relay will stop taking the token, ms since 1970. */
  tokenExpiresAtMs: number | undefined;
  /** How the relay says its events are to be read. */
  fieldMap: FieldMap | undefined;
  epoch: string;
  pingMs: number;
  /** Pings sent so far; the last one's id. */
  pings: number;
  /** A ping is out and nothing has come since. */
  probing: boolean;
  /** We hold less than the relay until this sequence is reached; infinite until the resume is answered. */
  behindUntilSeq: number | undefined;
};

type Phase =
  | { name: 'off' }
  | { name: 'connecting' }
  | { name: 'greeting' }
  | { name: 'asking' }
  | ConnectedPhase
  | { name: 'waiting'; reason: RetryReason; retryAtMs: number }
  | { name: 'stopped'; reason: StopReason; expiredAtMs: number | undefined };

export type MachineState = Carried & Phase;
export type In<Name extends Phase['name']> = Carried & Extract<Phase, { name: Name }>;

/** How the relay's session endpoint answered, once an upgrade was refused. */
export type SessionResult =
  | { kind: 'accepted' }
  | { kind: 'refused'; reason: StopReason; expiredAtMs: number | undefined }
  | { kind: 'later'; reason: 'overloaded' | 'crowded' | 'identity'; retryAfterMs: number | undefined }
  | { kind: 'not-a-relay' }
  | { kind: 'unreachable' };

export type Timer = 'retry' | 'open' | 'hello' | 'ping' | 'pong' | 'stable';

export type Input =
  | { kind: 'start' }
  /** The agent has a new token for the same relay. */
  | { kind: 'renew'; token: string }
  | { kind: 'stop' }
  | { kind: 'opened' }
  | { kind: 'frame'; frame: RelayFrame }
  | { kind: 'unreadable' }
  | { kind: 'closed'; code: number }
  | { kind: 'session'; result: SessionResult }
  | { kind: 'timer'; timer: Timer }
  /** The network or the clock changed under us: the socket may be dead without a word. */
  | { kind: 'suspect' };

export type Effect =
  | { do: 'open' }
  | { do: 'send'; frame: ClientFrame }
  /** Lets go of the socket: its later events no longer count. */
  | { do: 'drop' }
  | { do: 'ask-session' }
  | { do: 'set-timer'; timer: Timer; ms: number }
  | { do: 'clear-timer'; timer: Timer }
  | { do: 'clear-timers' }
  /** Hands a frame on, with the checkpoint that is right once it has been taken. */
  | { do: 'deliver'; frame: DeliveredFrame; checkpoint: Checkpoint }
  /** Events between the loss and now cannot be had from the relay. */
  | { do: 'report-gap'; fromMs: number; toMs: number };

export type DeliveredFrame = Extract<
  RelayFrame,
  { type: 'events' | 'gap' | 'position' | 'upstream' | 'resumed' }
>;

export type Context = { nowMs: number; random: () => number };
export type Transition = { state: MachineState; effects: Effect[] };
