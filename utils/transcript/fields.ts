/**
 * Under which names the platform's events carry what we need. The payload is undocumented: these are the names
 * seen in a public client of the same socket and in the platform's own transcription table
 * (Call ID, Date, Customer Name, Text, Leg), compared without case, spaces, dashes and underscores.
 */

const aliases = {
  callId: ['callid'],
  text: ['text', 'transcript', 'transcription', 'result'],
  leg: ['leg', 'channel', 'side', 'track'],
  speaker: ['speaker', 'participant'],
  final: ['final', 'isfinal', 'done'],
  interim: ['interim', 'isinterim', 'partial', 'ispartial'],
  time: ['date', 'time', 'timestamp', 'ts', 'at'],
  caller: ['cli', 'from', 'caller', 'source'],
  callee: ['destnumber', 'destination', 'dest', 'to'],
  customer: ['customer', 'customername'],
  direction: ['direction', 'calldirection', 'dir'],
  utteranceId: ['utteranceid', 'utterance', 'segmentid', 'resultid'],
  phase: ['event', 'type', 'phase', 'state', 'status', 'action'],
} as const;

export type FieldName = keyof typeof aliases;

/** The keys an event may be wrapped in. */
export const wrapperKeys: readonly string[] = ['data', 'message', 'payload'];

/** An event's values by normalised key; inner wrappers have already won over outer ones. */
export type Fields = ReadonlyMap<string, unknown>;

/** The first alias that holds a value, in the order above; empty strings and null count as none. */
export function readField(fields: Fields, name: FieldName): unknown {
  for (const alias of aliases[name]) {
    const value = fields.get(alias);
    if (value !== undefined && value !== null && value !== '') return value;
  }
  return undefined;
}

/** `fields` with this value, or none, under every alias of `name`. */
export function withField(fields: Fields, name: FieldName, value: unknown): Fields {
  const changed = new Map(fields);
  for (const alias of aliases[name]) changed.delete(alias);
  return value === undefined ? changed : changed.set(aliases[name][0], value);
}

const MAX_KEY_LENGTH = 200;
const MAX_REMEMBERED_KEYS = 1_000;
const normalised = new Map<string, string>();

/** `Call-ID`, `call_id`, `callId` and `Call ID` all become `callid`. */
export function normaliseKey(key: string): string {
  const known = normalised.get(key);
  if (known !== undefined) return known;
  const plain = key
    .slice(0, MAX_KEY_LENGTH)
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '');
  if (key.length <= MAX_KEY_LENGTH && normalised.size < MAX_REMEMBERED_KEYS) normalised.set(key, plain);
  return plain;
}
