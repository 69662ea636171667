/**
 * The forms in which the simulator can put its events on the bus. The platform does not document its payload: all of
 * them, the default `guess` too, are our guesses or forms that a client must expect.
 */
import type { SimulatedEvent } from '../simulator/simulated-event.ts';
import { createAliasEncoder } from './aliases.ts';
import { guessEvent } from './guess.ts';
import { encodeEach, type Shape } from './shape.ts';

const ARRAY_BATCH_MS = 400;

export const shapes = {
  guess: each(
    'our guess of an event: callid, leg, text, final, date, cli, dest_number, customer',
    guessEvent,
  ),
  text: each('the words alone, as a plain text frame; finals only', (event) => finalOf(event)?.text),
  data: each('the guess inside { data }', (event, nowMs) => ({ data: guessEvent(event, nowMs) })),
  message: each('the guess inside { message }', (event, nowMs) => ({ message: guessEvent(event, nowMs) })),
  payload: each('the guess inside { payload }', (event, nowMs) => ({ payload: guessEvent(event, nowMs) })),
  array: {
    about: `an array of guesses in one frame, of ${ARRAY_BATCH_MS} ms each`,
    batchMs: ARRAY_BATCH_MS,
    createEncoder: () => (events, nowMs) => [
      { key: events[0]?.call.callId ?? '', message: events.map((event) => guessEvent(event, nowMs)) },
    ],
  },
  'json-string': each('the guess as JSON inside a JSON string', (event, nowMs) =>
    JSON.stringify(JSON.stringify(guessEvent(event, nowMs))),
  ),
  binary: each('the guess as UTF-8 in a binary frame', (event, nowMs) =>
    new TextEncoder().encode(JSON.stringify(guessEvent(event, nowMs))),
  ),
  aliases: {
    about: 'the guess with other field names and other ways of saying final, in turn',
    createEncoder: createAliasEncoder,
  },
  strings: each('the guess with every value as a string, its date in milliseconds', (event, nowMs) =>
    Object.fromEntries(
      Object.entries({ ...guessEvent(event, nowMs), date: nowMs }).map(([name, value]) => [
        name,
        String(value),
      ]),
    ),
  ),
  seconds: each('the guess with its date in seconds since 1970', (event, nowMs) => ({
    ...guessEvent(event, nowMs),
    date: Math.floor(nowMs / 1000),
  })),
  millis: each('the guess with its date in milliseconds since 1970', (event, nowMs) => ({
    ...guessEvent(event, nowMs),
    date: nowMs,
  })),
  table: each("the columns of the platform's own transcription table; finals only", tableRow),
  ids: each('the guess with an utterance_id, the same for interims and final', (event, nowMs) => ({
    ...guessEvent(event, nowMs),
    ...(event.kind === 'line' && { utterance_id: event.utteranceId }),
  })),
  'no-ids': each('the guess without an utterance id, whatever the guess may become', guessEvent),
} satisfies Record<string, Shape>;

export type ShapeName = keyof typeof shapes;

export function isShapeName(name: string): name is ShapeName {
  return Object.hasOwn(shapes, name);
}

function each(about: string, encode: (event: SimulatedEvent, nowMs: number) => unknown): Shape {
  return { about, createEncoder: () => encodeEach(encode) };
}

function finalOf(event: SimulatedEvent) {
  return event.kind === 'line' && event.final ? event : undefined;
}

function tableRow(event: SimulatedEvent, nowMs: number): object | undefined {
  const line = finalOf(event);
  return (
    line && {
      'Call ID': line.call.callId,
      Date: new Date(nowMs).toISOString(),
      'Customer Name': line.call.customer ?? '',
      Text: line.text,
      Leg: line.leg,
      Score: 1,
    }
  );
}
