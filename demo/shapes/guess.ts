import type { SimulatedEvent } from '../simulator/simulated-event.ts';

export type GuessedEvent = {
  callid: string;
  event?: 'call_started' | 'call_ended';
  leg?: 0 | 1;
  text?: string;
  final?: boolean;
  date: string;
  cli?: string;
  dest_number?: string;
  customer?: string;
};

/**
 * An event as we guess the platform to send it: its payload is not documented. The names are those of a public client
 * of the same socket. No utterance id, since nothing tells that there is one.
 */
export function guessEvent(event: SimulatedEvent, nowMs: number): GuessedEvent {
  const { callId, cli, destNumber, customer } = event.call;
  return {
    callid: callId,
    ...(event.kind === 'line'
      ? { leg: event.leg, text: event.text, final: event.final }
      : { event: event.kind === 'started' ? 'call_started' : 'call_ended' }),
    date: new Date(nowMs).toISOString(),
    ...(cli !== undefined && { cli }),
    ...(destNumber !== undefined && { dest_number: destNumber }),
    ...(customer !== undefined && { customer }),
  };
}
