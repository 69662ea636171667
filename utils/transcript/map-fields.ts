/** Reads by a field map: which events a frame holds, and which values the map finds in one of them. Never throws. */
import {
  EVERY_ITEM,
  type FieldMap,
  type FieldPath,
  type MappableField,
  mappableFields,
} from './field-map.ts';
import { type Fields, withField } from './fields.ts';
import { readInnerJson } from './inner-json.ts';

const MAX_WRAPPINGS = 6;

/** What a map found in one event, by field; what is empty or null counts as not found. */
export type Found = ReadonlyMap<MappableField, unknown>;

/**
 * The events of a frame, from whose tops paths go: a list holds one an item, anything else is one. Bytes and JSON in
 * a string are opened; words are left as they are.
 */
export function splitFrame(raw: unknown): unknown[] {
  const frame = open(raw);
  return Array.isArray(frame) ? frame.map(open) : [frame];
}

function open(raw: unknown): unknown {
  let value = raw;
  for (let wrapped = 0; wrapped < MAX_WRAPPINGS; wrapped += 1) {
    if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) value = new TextDecoder().decode(value);
    const inner = typeof value === 'string' ? readInnerJson(value) : undefined;
    if (inner?.kind !== 'json') return value;
    value = inner.value;
  }
  return value;
}

export function findMapped(event: unknown, map: FieldMap): Found {
  const openOnce = createOpener();
  const found = new Map<MappableField, unknown>();
  for (const field of mappableFields) {
    const path = map.paths[field];
    const value = path === undefined ? undefined : follow(event, path, 0, openOnce);
    if (value !== undefined && value !== null && value !== '') found.set(field, value);
  }
  return found;
}

/** The value at a path, as `findMapped` takes it. */
export function valueAt(event: unknown, path: FieldPath): unknown {
  return follow(event, path, 0, createOpener());
}

/** `fields` with what the map names taken from what it found alone: under no other name is it looked for. */
export function overlayFields(fields: Fields, map: FieldMap, found: Found): Fields {
  let overlaid = fields;
  for (const field of mappableFields) {
    if (map.paths[field] !== undefined) overlaid = withField(overlaid, field, found.get(field));
  }
  return overlaid;
}

type Opener = (value: unknown) => unknown;

/** Opens JSON in a string; each string once, however many paths lead through it. */
function createOpener(): Opener {
  const opened = new Map<string, unknown>();
  return (value) => {
    if (typeof value !== 'string') return value;
    if (!opened.has(value)) opened.set(value, open(value));
    return opened.get(value);
  };
}

function follow(value: unknown, path: FieldPath, at: number, openOnce: Opener): unknown {
  const step = path[at];
  if (step === undefined) return value;
  const inside = openOnce(value);
  if (Array.isArray(inside)) {
    if (step === EVERY_ITEM) return joinWords(inside.map((item) => follow(item, path, at + 1, openOnce)));
    return typeof step === 'number' ? follow(inside[step], path, at + 1, openOnce) : undefined;
  }
  const isHeld = typeof inside === 'object' && inside !== null && Object.hasOwn(inside, step);
  return isHeld ? follow((inside as Record<string, unknown>)[step], path, at + 1, openOnce) : undefined;
}

function joinWords(values: readonly unknown[]): string | undefined {
  const said = values
    .filter((value) => typeof value === 'string' || typeof value === 'number')
    .map((value) => String(value).trim())
    .filter((word) => word !== '');
  return said.length === 0 ? undefined : said.join(' ');
}
