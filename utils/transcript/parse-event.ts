/** The tolerant parser: one payload of the platform → the events in it. Total: it never throws. */
import {
  type CallEvent,
  type Direction,
  type Leg,
  type Parties,
  type TranscriptEvent,
  UNIDENTIFIED_CALL,
} from './event.ts';
import type { FieldMap } from './field-map.ts';
import { type FieldName, type Fields, normaliseKey, readField } from './fields.ts';
import { type Unwrapped, unwrapPayload } from './unwrap-payload.ts';
import { parseWallTime } from './wall-time.ts';

const MAX_ID_LENGTH = 200;
const MAX_NAME_LENGTH = 200;

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

/**
 * Reads what the relay passed on (`data` of an event frame: a string or JSON) or a raw frame (string or bytes).
 * Usually one event, more where the platform packed several; what is not understood is `unread` with a reason.
 */
export function parseEvents(raw: unknown, _map?: FieldMap): TranscriptEvent[] {
  return unwrapPayload(raw).map(readEvent);
}

function readEvent(unwrapped: Unwrapped): TranscriptEvent {
  switch (unwrapped.kind) {
    case 'unread':
      return unwrapped;
    case 'text':
      return readPlainText(unwrapped.text);
    case 'fields':
      return readFields(unwrapped.fields);
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
    text: words,
    final: true,
    utteranceId: undefined,
    atMs: undefined,
    parties: nobody,
  };
}

function readFields(fields: Fields): TranscriptEvent {
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
      const leg = readLeg(readField(fields, 'leg') ?? readField(fields, 'speaker'));
      return {
        kind: 'line',
        callId,
        leg,
        speaker: leg === 'unknown' ? readWord(readField(fields, 'speaker'), MAX_NAME_LENGTH) : undefined,
        text,
        final: readFinal(fields),
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

function readParties(fields: Fields): Parties {
  const read = (name: FieldName) => readWord(readField(fields, name), MAX_NAME_LENGTH) || undefined;
  return {
    caller: read('caller'),
    callee: read('callee'),
    customer: read('customer'),
    direction: readDirection(readField(fields, 'direction')),
  };
}

/** No event is known to carry one; these are the words telephony uses. */
function readDirection(value: unknown): Direction | undefined {
  switch (typeof value === 'string' ? normaliseKey(value) : undefined) {
    case 'in':
    case 'inbound':
    case 'incoming':
      return 'inbound';
    case 'out':
    case 'outbound':
    case 'outgoing':
      return 'outbound';
    default:
      return undefined;
  }
}

/** Leg `0` is the caller and `1` the callee (the platform's transcription table); words for them are taken too. */
function readLeg(value: unknown): Leg {
  switch (typeof value === 'string' ? normaliseKey(value) : value) {
    case 0:
    case '0':
    case 'a':
    case 'aleg':
    case 'lega':
    case 'caller':
      return 'caller';
    case 1:
    case '1':
    case 'b':
    case 'bleg':
    case 'legb':
    case 'callee':
    case 'called':
      return 'callee';
    default:
      return 'unknown';
  }
}

/** No flag means final: the documented table has none, and its lines are never revised. */
function readFinal(fields: Fields): boolean {
  const final = readFlag(readField(fields, 'final'));
  if (final !== undefined) return final;
  const interim = readFlag(readField(fields, 'interim'));
  return interim === undefined || !interim;
}

function readFlag(value: unknown): boolean | undefined {
  switch (typeof value === 'string' ? value.trim().toLowerCase() : value) {
    case true:
    case 1:
    case '1':
    case 'true':
    case 'yes':
    case 'final':
      return true;
    case false:
    case 0:
    case '0':
    case 'false':
    case 'no':
    case 'interim':
    case 'partial':
      return false;
    default:
      return undefined;
  }
}
