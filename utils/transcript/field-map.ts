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

export const MAX_STEPS = 12;
export const MAX_KEY_LENGTH = 200;
export const MAX_VALUES = 50;

/** In a path: every item of a list; the values found are joined with a space. */
export const EVERY_ITEM = '*';

const STEP = `a key of at most ${MAX_KEY_LENGTH} characters, a list's index from 0, or "${EVERY_ITEM}"`;
const PATH = `a list of 1 to ${MAX_STEPS} steps`;
const MEANINGS = `an object of at most ${MAX_VALUES} values`;
const VALUE = `a value of at most ${MAX_KEY_LENGTH} characters`;

// The messages say what is expected: whoever writes a map by hand is shown them.

/** A key, the index of a list's item, or `EVERY_ITEM`. JSON inside a JSON string is gone into like any other. */
const step = v.union(
  [
    v.pipe(v.string(STEP), v.maxLength(MAX_KEY_LENGTH, STEP)),
    v.pipe(v.number(STEP), v.safeInteger(STEP), v.minValue(0, STEP)),
  ],
  STEP,
);
const path = v.pipe(v.array(step, PATH), v.minLength(1, PATH), v.maxLength(MAX_STEPS, PATH));
const value = v.pipe(v.string(VALUE), v.maxLength(MAX_KEY_LENGTH, VALUE));

const paths = fromEach(path);
const meanings = {
  /** Which side a value means, where it is none of the words we know: `{ "agent": "callee" }`. */
  legValues: v.optional(
    v.pipe(
      v.record(value, v.picklist(['caller', 'callee'], '"caller" or "callee"'), MEANINGS),
      v.maxEntries(MAX_VALUES, MEANINGS),
    ),
    {},
  ),
  /** Whether a value means that the text is final: `{ "settled": true, "growing": false }`. */
  finalValues: v.optional(
    v.pipe(v.record(value, v.boolean('true or false'), MEANINGS), v.maxEntries(MAX_VALUES, MEANINGS)),
    {},
  ),
};

export const fieldMap = v.object({
  /** From the top of one event of the platform; a frame that is a list is a list of events. */
  paths: v.partial(v.object(paths)),
  ...meanings,
});

/** For one that somebody wrote or pasted: a field that is not known is a mistake, and not passed over. */
export const writtenFieldMap = v.strictObject(
  { paths: v.partial(v.strictObject(paths, 'an object')), ...meanings },
  'an object',
);

export type FieldMap = v.InferOutput<typeof fieldMap>;
export type FieldPath = v.InferOutput<typeof path>;

function fromEach<Schema>(schema: Schema): Record<MappableField, Schema> {
  return Object.fromEntries(mappableFields.map((field) => [field, schema])) as Record<MappableField, Schema>;
}
