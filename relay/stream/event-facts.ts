/** What the relay knows of an event: whose call it is, what rules ask for, and which line it revises. Never throws. */
import { type LineEvent, type TranscriptEvent, UNIDENTIFIED_CALL } from '../../utils/transcript/event.ts';
import type { FieldMap } from '../../utils/transcript/field-map.ts';
import { type Fields, normaliseKey } from '../../utils/transcript/fields.ts';
import { readInnerJson } from '../../utils/transcript/inner-json.ts';
import { splitFrame } from '../../utils/transcript/map-fields.ts';
import { parseEvents } from '../../utils/transcript/parse-event.ts';
import { unwrapPayload } from '../../utils/transcript/unwrap-payload.ts';
import { wordOf } from '../../utils/transcript/value-words.ts';

/** By the key of a rule's field; only fields that some rule names. */
export type Values = ReadonlyMap<string, readonly string[]>;
/** What an event says of one call; `call: undefined`: of none. */
type Part = { readonly call: string | undefined; readonly values: Values };
/** A line of a transcript, as far as it tells whether a later one takes its place. */
export type LineFacts = {
  readonly call: string;
  readonly side: string;
  readonly utteranceId: string | undefined;
  readonly firstWord: string;
  readonly final: boolean;
};
/** One part for each call the event speaks of and for each thing said of none; never no part. `line`: one and nothing else. */
export type EventFacts = { readonly parts: readonly Part[]; readonly line: LineFacts | undefined };
/** Steps to the values, by key. */
export type WatchedFields = ReadonlyMap<string, readonly string[]>;

/** An event of more items or parts than this is only for those who see everything. */
const MAX_ITEMS = 1_000;
const MAX_PARTS = 100;
const MAX_VALUES = 100;
const MAX_VALUE_CHARACTERS = 1_000;

const noValues: Values = new Map();
/** Of an event about which nothing is known. */
export const noFacts: EventFacts = { parts: [{ call: undefined, values: noValues }], line: undefined };

/** `data`: as an `events` frame carries it, parsed. */
export function readFacts(data: unknown, watched: WatchedFields, map?: FieldMap): EventFacts {
  const items = splitFrame(data);
  if (items.length > MAX_ITEMS) return noFacts;
  const ofCall = new Map<string, Map<string, string[]>>();
  const parts: Part[] = [];
  const events: TranscriptEvent[] = [];
  for (const item of items) {
    const read = parseEvents(item, map);
    const fields = watched.size === 0 ? [] : fieldsOf(item);
    read.forEach((event, at) => {
      const call = callOf(event);
      const known = call === undefined ? undefined : ofCall.get(call);
      const values = known ?? new Map<string, string[]>();
      if (known === undefined) parts.push({ call, values });
      if (call !== undefined) ofCall.set(call, values);
      // A map can make one event of what is several without it.
      for (const one of fields.length === read.length ? fields.slice(at, at + 1) : fields) {
        collect(one, watched, values);
      }
    });
    events.push(...read);
  }
  if (parts.length === 0 || parts.length > MAX_PARTS) return noFacts;
  const [only] = events;
  return { parts, line: events.length === 1 && only?.kind === 'line' ? lineOf(only) : undefined };
}

function callOf(event: TranscriptEvent): string | undefined {
  const names = event.kind === 'line' || event.kind === 'call';
  return names && event.callId !== UNIDENTIFIED_CALL ? event.callId : undefined;
}

function lineOf({ callId, leg, speaker, text, utteranceId, final }: LineEvent): LineFacts | undefined {
  if (callId === UNIDENTIFIED_CALL) return undefined;
  const firstWord = (/\S+/.exec(text)?.[0] ?? '').toLowerCase();
  return { call: callId, side: speaker ?? leg, utteranceId, firstWord, final };
}

function fieldsOf(item: unknown): Fields[] {
  return unwrapPayload(item).map((one) => (one.kind === 'fields' ? one.fields : new Map()));
}

function collect(fields: Fields, watched: WatchedFields, into: Map<string, string[]>): void {
  for (const [key, [first, ...steps]] of watched) {
    const value = first === undefined ? undefined : fields.get(first);
    if (value === undefined) continue;
    const found = into.get(key) ?? [];
    follow(value, steps, found);
    if (found.length > 0) into.set(key, found);
  }
}

/** Goes into objects, into every item of a list, and into JSON in a string. */
function follow(value: unknown, steps: readonly string[], found: string[]): void {
  if (found.length >= MAX_VALUES) return;
  const inside = open(value);
  if (Array.isArray(inside)) {
    for (const item of inside.slice(0, MAX_VALUES)) if (!Array.isArray(item)) follow(item, steps, found);
    return;
  }
  const [step, ...rest] = steps;
  if (step === undefined) {
    const word = wordOf(value);
    if (word === undefined || word === '' || word.length > MAX_VALUE_CHARACTERS) return;
    if (!found.includes(word)) found.push(word);
  } else if (typeof inside === 'object' && inside !== null) {
    for (const [key, held] of Object.entries(inside))
      if (normaliseKey(key) === step) follow(held, rest, found);
  }
}

function open(value: unknown): unknown {
  const inner = typeof value === 'string' ? readInnerJson(value) : undefined;
  return inner?.kind === 'json' ? inner.value : value;
}
