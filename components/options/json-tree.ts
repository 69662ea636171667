/** An event as a tree of its values, JSON in strings opened, each value with the path a field map names it by. */
import {
  EVERY_ITEM,
  type FieldMap,
  type FieldPath,
  MAX_KEY_LENGTH,
  MAX_STEPS,
  type MappableField,
  mappableFields,
} from '../../utils/transcript/field-map.ts';
import { readInnerJson } from '../../utils/transcript/inner-json.ts';

/** Of a whole event; a larger one says where something is left out. */
const MAX_NODES = 1_000;

export type JsonNode = {
  /** From the top of the event; the last step is the node's own key or index, and the top has none. */
  path: FieldPath;
  content:
    | { kind: 'value'; value: string | number | boolean | null }
    /** `fromText`: it came as JSON in a string. `hidden`: how many of its items are left out. */
    | { kind: 'list' | 'object'; children: JsonNode[]; fromText: boolean; hidden: number };
};

/** What lies deeper than a path reaches, or under a key longer than it may name, is left out. */
export function treeOf(event: unknown): JsonNode {
  let nodesLeft = MAX_NODES;

  function grow(value: unknown, path: FieldPath): JsonNode {
    const inner = typeof value === 'string' ? readInnerJson(value) : undefined;
    if (inner?.kind === 'json' && typeof inner.value === 'object') {
      const { content } = grow(inner.value, path);
      return { path, content: content.kind === 'value' ? content : { ...content, fromText: true } };
    }
    if (typeof value !== 'object' || value === null) {
      return { path, content: { kind: 'value', value: plainOf(value) } };
    }
    const entries: [string | number, unknown][] = Array.isArray(value)
      ? [...value.entries()]
      : Object.entries(value);
    const children: JsonNode[] = [];
    for (const [key, held] of entries) {
      if (nodesLeft === 0 || path.length === MAX_STEPS) break;
      if (typeof key === 'string' && key.length > MAX_KEY_LENGTH) continue;
      nodesLeft -= 1;
      children.push(grow(held, [...path, key]));
    }
    const kind = Array.isArray(value) ? 'list' : 'object';
    return { path, content: { kind, children, fromText: false, hidden: entries.length - children.length } };
  }

  return grow(event, []);
}

function plainOf(value: unknown): string | number | boolean | null {
  const isPlain = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
  return isPlain ? value : null;
}

/** The fields that a map takes from the value at `path`. */
export function fieldsAt(path: FieldPath, { paths }: FieldMap): MappableField[] {
  return mappableFields.filter((field) => paths[field] !== undefined && leadsTo(paths[field], path));
}

function leadsTo(mapped: FieldPath, path: FieldPath): boolean {
  return (
    mapped.length === path.length &&
    mapped.every((step, at) => step === path[at] || (step === EVERY_ITEM && typeof path[at] === 'number'))
  );
}

/** The path to what stands at this place in every item of every list on the way. */
export function throughEveryItem(path: FieldPath): FieldPath {
  return path.map((step) => (typeof step === 'number' ? EVERY_ITEM : step));
}

export function isInList(path: FieldPath): boolean {
  return path.some((step) => typeof step === 'number');
}

export function isSamePath(mapped: FieldPath | undefined, path: FieldPath): boolean {
  return mapped?.length === path.length && mapped.every((step, at) => step === path[at]);
}
