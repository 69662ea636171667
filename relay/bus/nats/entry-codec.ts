/** Entries of a log as JSON text. An event's own JSON stands in it as it came, and is neither parsed nor written anew. */
import * as v from 'valibot';
import type { LogEntry } from '../bus.ts';

/** The first entry of each term: it moves the number on and is not passed to readers. */
export const MARKER = '{"marker":true}';

const gapText = v.object({
  gap: v.object({
    from: v.pipe(v.number(), v.safeInteger()),
    to: v.pipe(v.number(), v.safeInteger()),
    reason: v.picklist(['upstream-away', 'frame-too-large']),
  }),
});

const EVENT = /^\{"at":(\d{1,16}),"data":/;

export function encodeEntry(entry: LogEntry): string {
  return entry.kind === 'event'
    ? `{"at":${entry.atMs},"data":${entry.json}}`
    : JSON.stringify({ gap: { from: entry.gap.from, to: entry.gap.to, reason: entry.gap.reason } });
}

/** In the place of an event that NATS would not take: lines are missing, and why. */
export function encodeTooLarge(entry: LogEntry): string {
  if (entry.kind === 'gap') return encodeEntry(entry);
  const gap = { from: entry.atMs, to: entry.atMs, reason: 'frame-too-large' } as const;
  return encodeEntry({ kind: 'gap', gap });
}

/** `unknown`: no relay of this version has written it. */
export function decodeEntry(text: string): LogEntry | 'marker' | 'unknown' {
  const [prefix, at] = EVENT.exec(text) ?? [];
  if (prefix !== undefined && text.endsWith('}'))
    return { kind: 'event', atMs: Number(at), json: text.slice(prefix.length, -1) };
  if (text === MARKER) return 'marker';
  const parsed = v.safeParse(gapText, parseJson(text));
  return parsed.success ? { kind: 'gap', gap: parsed.output.gap } : 'unknown';
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
