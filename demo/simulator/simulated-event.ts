/** What happens on the simulated platform, before a shape gives it the form it has on the bus. */

export type SimulatedCall = {
  callId: string;
  /** Calling number, called number and the platform's customer, where the call has them. */
  cli?: string | undefined;
  destNumber?: string | undefined;
  customer?: string | undefined;
};

/** 0 is the caller, 1 the callee (the platform's own transcription table). */
export type Leg = 0 | 1;

type SimulatedLine = {
  kind: 'line';
  call: SimulatedCall;
  leg: Leg;
  text: string;
  final: boolean;
  /** The same for a line's interims and its final. */
  utteranceId: string;
};

export type SimulatedEvent = SimulatedLine | { kind: 'started' | 'ended'; call: SimulatedCall };

/** Something that happens `atMs` after the beginning of its timeline. */
export type Timed<T> = { atMs: number; item: T };
