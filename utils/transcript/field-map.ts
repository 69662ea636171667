/**
 * Where an account's events carry what we need, for payloads that the tolerant reader does not understand by itself:
 * made by clicks in the inspector, kept with a relay, or told by the relay to everybody.
 */
import * as v from 'valibot';

export const mappableFields = [
  'callId',
  'text',
  'leg',
  'speaker',
  'final',
  'time',
  'caller',
  'callee',
  'customer',
  'utteranceId',
] as const;
export type MappableField = (typeof mappableFields)[number];

const MAX_STEPS = 12;
const MAX_KEY_LENGTH = 200;
const MAX_VALUES = 50;

/** In a path: every item of a list; the values found are joined with a space. */
export const EVERY_ITEM = '*';

/** A key, the index of a list's item, or `EVERY_ITEM`. JSON inside a JSON string is gone into like any other. */
const step = v.union([
  v.pipe(v.string(), v.maxLength(MAX_KEY_LENGTH)),
  v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
]);
const path = v.pipe(v.array(step), v.minLength(1), v.maxLength(MAX_STEPS));
const value = v.pipe(v.string(), v.maxLength(MAX_KEY_LENGTH));

export const fieldMap = v.object({
  /** From the top of one event of the platform; a frame that is a list is a list of events. */
  paths: v.partial(v.object(fromEach(path))),
  /** Which side a value means, where it is none of the words we know: `{ "agent": "callee" }`. */
  legValues: v.optional(
    v.pipe(v.record(value, v.picklist(['caller', 'callee'])), v.maxEntries(MAX_VALUES)),
    {},
  ),
  /** Whether a value means that the text is final: `{ "settled": true, "growing": false }`. */
  finalValues: v.optional(v.pipe(v.record(value, v.boolean()), v.maxEntries(MAX_VALUES)), {}),
});

export type FieldMap = v.InferOutput<typeof fieldMap>;
export type FieldPath = v.InferOutput<typeof path>;

function fromEach<Schema>(schema: Schema): Record<MappableField, Schema> {
  return Object.fromEntries(mappableFields.map((field) => [field, schema])) as Record<MappableField, Schema>;
}
