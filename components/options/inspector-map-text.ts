/** A field map as text: for the relay's configuration, and back from what somebody pasted. */
import * as v from 'valibot';
import { type FieldMap, mappableFields, writtenFieldMap } from '../../utils/transcript/field-map.ts';

/** What stands between the braces of the relay's configuration; each path on a line of its own. */
export function mapAsText({ paths, legValues, finalValues }: FieldMap): string {
  const lines = mappableFields.flatMap((field) =>
    paths[field] === undefined ? [] : [`    "${field}": ${inOneLine(paths[field])}`],
  );
  return [
    '"fieldMap": {',
    '  "paths": {',
    lines.join(',\n'),
    '  },',
    `  "legValues": ${inOneLine(legValues)},`,
    `  "finalValues": ${inOneLine(finalValues)}`,
    '}',
  ].join('\n');
}

/** JSON with a space after each comma and colon that is not part of a text. */
function inOneLine(value: object): string {
  const write = (held: unknown) => JSON.stringify(held);
  if (Array.isArray(value)) return `[${value.map(write).join(', ')}]`;
  const pairs = Object.entries(value).map(([key, held]) => `${write(key)}: ${write(held)}`);
  return pairs.length === 0 ? '{}' : `{ ${pairs.join(', ')} }`;
}

/** `at`: the field that is wrong, such as `paths.text`; empty where it is the whole. */
export type ReadMap = { ok: true; map: FieldMap } | { ok: false; problem: 'no-json' | 'no-map'; at: string };

/** Takes a map alone, as `mapAsText` writes it, or a whole configuration of the relay. */
export function readMapText(text: string): ReadMap {
  const json = parse(text) ?? parse(`{${text.trim().replace(/,$/, '')}}`);
  if (json === undefined) return { ok: false, problem: 'no-json', at: '' };
  const parsed = v.safeParse(writtenFieldMap, isConfiguration(json) ? json.fieldMap : json);
  if (parsed.success) return { ok: true, map: parsed.output };
  return { ok: false, problem: 'no-map', at: v.getDotPath(parsed.issues[0]) ?? '' };
}

function isConfiguration(json: unknown): json is { fieldMap: unknown } {
  return typeof json === 'object' && json !== null && Object.hasOwn(json, 'fieldMap');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
