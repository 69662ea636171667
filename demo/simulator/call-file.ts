/** A call to be played: one JSON file. `human`, what a person heard, is for reference and never sent. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';

const durationMs = v.pipe(v.number(), v.finite(), v.minValue(0));

const callFile = v.object({
  sid: v.pipe(v.string(), v.minLength(1)),
  source: v.string(),
  cli: v.optional(v.string()),
  dest_number: v.optional(v.string()),
  customer: v.optional(v.string()),
  lines: v.array(
    v.object({
      leg: v.picklist([0, 1]),
      /** From the start of the call; may fall from one line to the next, since the legs have clocks of their own. */
      start_ms: durationMs,
      duration_ms: durationMs,
      text: v.string(),
      human: v.string(),
    }),
  ),
});

export type CallFile = v.InferOutput<typeof callFile>;

/** Reads every `*.json` of a folder, in the order of their names. Throws one sentence where that cannot be done. */
export function readCalls(directory: string): CallFile[] {
  const names = list(directory).filter((name) => name.endsWith('.json'));
  if (names.length === 0) throw new Error(`There is no call file (*.json) in ${directory}.`);
  return names.sort().map((name) => decodeCall(readFileSync(join(directory, name), 'utf8'), name));
}

function decodeCall(json: string, name: string): CallFile {
  let raw: unknown;
  try {
    raw = JSON.parse(json);
  } catch {
    throw new Error(`${name} is not JSON.`);
  }
  const parsed = v.safeParse(callFile, raw, { abortEarly: true });
  if (parsed.success) return parsed.output;
  const field = v.getDotPath(parsed.issues[0]) ?? 'the whole file';
  throw new Error(`${name} is not a call file: ${field} is missing or not what it must be.`);
}

function list(directory: string): string[] {
  try {
    return readdirSync(directory);
  } catch {
    throw new Error(`The folder of calls ${directory} cannot be read.`);
  }
}
