/**
 * From what came over the wire to the single events in it: plain text, an object, an object in `data`,
 * `message` or `payload`, an array of them, JSON inside a JSON string, UTF-8 bytes, and any of these in
 * one another. Never throws; what cannot be taken apart comes out as `unread`.
 */
import type { UnreadReason } from './event.ts';
import { type Fields, normaliseKey, readField, wrapperKeys } from './fields.ts';
import { readInnerJson } from './inner-json.ts';

export type Unwrapped =
  | { kind: 'text'; text: string }
  | { kind: 'fields'; fields: Fields }
  | { kind: 'unread'; reason: UnreadReason };

const MAX_DEPTH = 6;
/** Of one frame, whatever it holds; the last place is for telling that there were more. */
export const MAX_EVENTS_A_FRAME = 10_000;
const noFields: Fields = new Map();

/** Every event in one payload, in order; at most 10,000, and one `unread` in place of the rest. */
export function unwrapPayload(raw: unknown): Unwrapped[] {
  const found: Unwrapped[] = [];
  unwrap(raw, noFields, 0, found);
  return found;
}

function unwrap(raw: unknown, outer: Fields, depth: number, found: Unwrapped[]): void {
  if (found.length >= MAX_EVENTS_A_FRAME) return;
  if (depth > MAX_DEPTH) {
    found.push({ kind: 'unread', reason: 'nested-too-deep' });
  } else if (typeof raw === 'string') {
    unwrapText(raw, outer, depth, found);
  } else if (raw instanceof ArrayBuffer || ArrayBuffer.isView(raw)) {
    unwrapText(new TextDecoder().decode(raw), outer, depth, found);
  } else if (Array.isArray(raw)) {
    unwrapArray(raw, outer, depth, found);
  } else if (typeof raw === 'object' && raw !== null) {
    unwrapObject(raw, outer, depth, found);
  } else if (typeof raw === 'number' || typeof raw === 'boolean') {
    unwrapText(String(raw), outer, depth, found);
  } else {
    found.push({ kind: 'unread', reason: 'not-an-event' });
  }
}

function unwrapArray(items: unknown[], outer: Fields, depth: number, found: Unwrapped[]): void {
  for (const item of items) {
    if (found.length >= MAX_EVENTS_A_FRAME - 1) {
      found.push({ kind: 'unread', reason: 'too-many-events' });
      return;
    }
    unwrap(item, outer, depth + 1, found);
  }
}

function unwrapText(text: string, outer: Fields, depth: number, found: Unwrapped[]): void {
  const inner = readInnerJson(text);
  if (inner.kind === 'json') {
    unwrap(inner.value, outer, depth + 1, found);
  } else if (inner.kind === 'broken') {
    found.push({ kind: 'unread', reason: 'broken-json' });
  } else if (outer.size > 0) {
    found.push({ kind: 'fields', fields: new Map(outer).set('text', text) });
  } else {
    found.push({ kind: 'text', text });
  }
}

function unwrapObject(record: object, outer: Fields, depth: number, found: Unwrapped[]): void {
  if (depth > MAX_DEPTH) {
    found.push({ kind: 'unread', reason: 'nested-too-deep' });
    return;
  }
  const fields = new Map(outer);
  let wrapped: unknown;
  for (const [key, value] of Object.entries(record)) {
    const name = normaliseKey(key);
    if (wrapperKeys.includes(name) && value !== null && value !== '') wrapped ??= value;
    else fields.set(name, value);
  }
  const text = readField(fields, 'text');
  if (wrapped === undefined) {
    // `transcript: { text, final }`: the text's own name can be a wrapper too.
    if (typeof text === 'object' && text !== null && !Array.isArray(text)) {
      unwrapObject(text, without(fields, text), depth + 1, found);
    } else {
      found.push({ kind: 'fields', fields });
    }
  } else if (typeof wrapped === 'string' && text !== undefined && readInnerJson(wrapped).kind === 'text') {
    // `{ text, message: "ok" }`: the words beside a text are no wrapper.
    found.push({ kind: 'fields', fields });
  } else {
    unwrap(wrapped, fields, depth + 1, found);
  }
}

function without(fields: Fields, value: object): Fields {
  return new Map([...fields].filter(([, held]) => held !== value));
}
