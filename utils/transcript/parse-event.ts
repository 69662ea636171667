/** The tolerant parser: one payload of the platform → the events in it. Total: it never throws. */
import { type CallEvent, type Leg, type Parties, type TranscriptEvent, UNIDENTIFIED_CALL } from './event.ts';
import type { FieldMap } from './field-map.ts';
import { type FieldName, type Fields, normaliseKey, readField } from './fields.ts';
import { findMapped, overlayFields, splitFrame } from './map-fields.ts';
import { MAX_EVENTS_A_FRAME, type Unwrapped, unwrapPayload } from './unwrap-payload.ts';
import { readDirection, readFlag, readLeg, wordOf } from './value-words.ts';
import { parseWallTime } from './wall-time.ts';

const MAX_ID_LENGTH = 200;
const MAX_NAME_LENGTH = 200;
/** Nobody says as much in one breath; a line has to find room in the storage, or nothing after it does. */
export const MAX_TEXT_LENGTH = 100_000;

const started = new Set(
  'started,start,begin,callstarted,callstart,callbegin,newcall,ringing,answered,answer,callanswered,connected'.split(
    ',',
  ),
);
const ended = new Set(
  'ended,end,callended,callend,hangup,hungup,callhangup,completed,callcompleted,disconnected,terminated,bye,finished'.split(
    ',',
  ),
);
const keepAlive = new Set('ping,pong,keepalive,heartbeat,noop'.split(','));

/** What values mean, where they are none of the words we know. */
type Meanings = Pick<FieldMap, 'legValues' | 'finalValues'>;
const noMeanings: Meanings = { legValues: {}, finalValues: {} };

/**
 * Reads what the relay passed on (`data` of an event frame: a string or JSON) or a raw frame (string or bytes).
 * Usually one event, more where the platform packed several; what is not understood is `unread` with a reason.
 * A field that `map` names is read where the map says, every other one as without a map; so is an event in which
 * the map finds nothing.
 */
export function parseEvents(raw: unknown, map?: FieldMap): TranscriptEvent[] {
  if (map === undefined) return unwrapPayload(raw).map((one) => readEvent(one, noMeanings));
  const read: TranscriptEvent[] = [];
  for (const event of splitFrame(raw)) {
    if (read.length >= MAX_EVENTS_A_FRAME - 1)
      return [...read, { kind: 'unread', reason: 'too-many-events' }];
    for (const one of readByMap(event, map)) read.push(one);
  }
  return read;
}

function readByMap(event: unknown, map: FieldMap): TranscriptEvent[] {
  const found = findMapped(event, map);
  const unwrapped = unwrapPayload(event);
  if (found.size === 0) return unwrapped.map((one) => readEvent(one, map));
  const read = (fields: Fields) => readFields(overlayFields(fields, map, found), map);
  if (map.paths.text === undefined) {
    return unwrapped.map((one) => (one.kind === 'unread' ? one : read(fieldsOf(one))));
  }
  // The map says where the text is: whatever else the event holds, it is one line.
  const [only, ...others] = unwrapped;
  return [read(only === undefined || others.length > 0 ? noFields : fieldsOf(only))];
}

const noFields: Fields = new Map();

function fieldsOf(unwrapped: Unwrapped): Fields {
  switch (unwrapped.kind) {
    case 'unread':
      return noFields;
    case 'text':
      return new Map([['text', unwrapped.text]]);
    case 'fields':
      return unwrapped.fields;
  }
}

function readEvent(unwrapped: Unwrapped, meanings: Meanings): TranscriptEvent {
  switch (unwrapped.kind) {
    case 'unread':
      return unwrapped;
    case 'text':
      return readPlainText(unwrapped.text);
    case 'fields':
      return readFields(unwrapped.fields, meanings);
  }
}

const nobody: Parties = {};

function readPlainText(text: string): TranscriptEvent {
  const words = text.trim();
  if (/^(?:ping|pong)?$/i.test(words)) return { kind: 'keep-alive' };
  return {
    kind: 'line',
    callId: UNIDENTIFIED_CALL,
    leg: 'unknown',
    speaker: undefined,
    text: cutText(words),
    final: true,
    utteranceId: undefined,
    atMs: undefined,
    parties: nobody,
  };
}

function readFields(fields: Fields, meanings: Meanings): TranscriptEvent {
  const givenId = readField(fields, 'callId');
  const id = readWord(givenId, MAX_ID_LENGTH);
  if (givenId !== undefined && id === undefined) return { kind: 'unread', reason: 'call-id-not-readable' };
  const callId = id ?? UNIDENTIFIED_CALL;
  const atMs = parseWallTime(readField(fields, 'time'));
  const parties = readParties(fields);

  const givenText = readField(fields, 'text');
  if (givenText !== undefined) {
    const text = readWord(givenText, Number.POSITIVE_INFINITY);
    if (text === undefined) return { kind: 'unread', reason: 'text-not-readable' };
    if (text !== '') {
      const leg = readSide(readField(fields, 'leg') ?? readField(fields, 'speaker'), meanings);
      return {
        kind: 'line',
        callId,
        leg,
        speaker: leg === 'unknown' ? readWord(readField(fields, 'speaker'), MAX_NAME_LENGTH) : undefined,
        text: cutText(text),
        final: readFinal(fields, meanings),
        utteranceId: readWord(readField(fields, 'utteranceId'), MAX_ID_LENGTH),
        atMs,
        parties,
      };
    }
  }
  return readWithoutText(fields, id, atMs, parties);
}

function readWithoutText(
  fields: Fields,
  id: string | undefined,
  atMs: number | undefined,
  parties: Parties,
): TranscriptEvent {
  const phase = readPhase(fields);
  if (phase === 'keep-alive' || fields.size === 0) return { kind: 'keep-alive' };
  if (id === undefined) return { kind: 'unread', reason: 'no-text' };
  return { kind: 'call', callId: id, phase: phase ?? 'seen', atMs, parties };
}

function readPhase(fields: Fields): CallEvent['phase'] | 'keep-alive' | undefined {
  const word = readWord(readField(fields, 'phase'), MAX_NAME_LENGTH);
  if (word === undefined) return undefined;
  const name = normaliseKey(word);
  if (started.has(name)) return 'started';
  if (ended.has(name)) return 'ended';
  return keepAlive.has(name) ? 'keep-alive' : undefined;
}

/** A string, or a number as one; trimmed. Anything else, or longer than allowed, is `undefined`. */
function readWord(value: unknown, maxLength: number): string | undefined {
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  if (typeof value !== 'string') return undefined;
  const word = value.trim().toWellFormed();
  return word.length > maxLength ? undefined : word;
}

function cutText(text: string): string {
  return text.length <= MAX_TEXT_LENGTH ? text : `${text.slice(0, MAX_TEXT_LENGTH).toWellFormed()} …`;
}

function readParties(fields: Fields): Parties {
  const read = (name: FieldName) => readWord(readField(fields, name), MAX_NAME_LENGTH) || undefined;
  return {
    caller: read('caller'),
    callee: read('callee'),
    customer: read('customer'),
    direction: readDirection(readField(fields, 'direction')),
  };
}

function readSide(value: unknown, { legValues }: Meanings): Leg {
  return meaningOf(value, legValues) ?? readLeg(value);
}

/** No flag means final: the documented table has none, and its lines are never revised. */
function readFinal(fields: Fields, { finalValues }: Meanings): boolean {
  const value = readField(fields, 'final');
  const final = meaningOf(value, finalValues) ?? readFlag(value);
  if (final !== undefined) return final;
  const interim = readFlag(readField(fields, 'interim'));
  return interim === undefined || !interim;
}

function meaningOf<Meaning>(
  value: unknown,
  meanings: Readonly<Record<string, Meaning>>,
): Meaning | undefined {
  const word = wordOf(value);
  return word !== undefined && Object.hasOwn(meanings, word) ? meanings[word] : undefined;
}
