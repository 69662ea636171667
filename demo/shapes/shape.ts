import type { SimulatedEvent } from '../simulator/simulated-event.ts';

/** What goes on the bus: a string, an object or bytes, under the key of its call. */
type BusMessage = { key: string; message: unknown };

/** Gives the events of one moment their form. May remember what it did before: one encoder a simulator. */
export type Encoder = (events: readonly SimulatedEvent[], nowMs: number) => BusMessage[];

export type Shape = {
  /** One line for `--shape list`. */
  about: string;
  /** Events of so many milliseconds are encoded together; without it, as they come. */
  batchMs?: number;
  createEncoder(): Encoder;
};

/** An encoder that gives every event a message of its own; `undefined` leaves the event out. */
export function encodeEach(encode: (event: SimulatedEvent, nowMs: number) => unknown): Encoder {
  return (events, nowMs) =>
    events.flatMap((event) => {
      const message = encode(event, nowMs);
      return message === undefined ? [] : [{ key: event.call.callId, message }];
    });
}
