/** What the holder of a lease says of itself, as JSON text. */
import * as v from 'valibot';
import type { LeaseNote } from '../bus.ts';

const timeMs = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

const noteText = v.pipe(
  v.string(),
  v.parseJson(),
  v.object({
    relay: v.string(),
    upstream: v.object({
      state: v.picklist(['up', 'connecting', 'unauthorized', 'down']),
      since: timeMs,
      detail: v.optional(v.string()),
    }),
    knownUpMs: v.optional(timeMs),
  }),
);

export function encodeNote({ relay, upstream, knownUpMs }: LeaseNote): string {
  const { state, since, detail } = upstream;
  return JSON.stringify({ relay, upstream: { state, since, detail }, knownUpMs });
}

/** `undefined`: no relay of this version has written it. */
export function decodeNote(text: string): LeaseNote | undefined {
  const parsed = v.safeParse(noteText, text);
  if (!parsed.success) return undefined;
  const { relay, upstream, knownUpMs } = parsed.output;
  return { relay, upstream, knownUpMs };
}
