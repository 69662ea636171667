/**
 * JSON for programs. Whatever the options say, it is
 *
 *     { "format": "earshot-call", "version": 1,
 *       "call": { "id", "caller", "callee", "customer", "startedAt", "endedAt" },
 *       "ticket", "writtenAt",
 *       "parts": [ { "kind": "line", "at", "offsetMs", "leg", "speaker", "text" }
 *                | { "kind": "text", "text" }
 *                | { "kind": "gap", "from", "to", "fromMs", "toMs", "text" } ] }
 *
 * Times are ISO 8601 in UTC, and `…Ms` milliseconds since the call began. What is not known is null. `leg` is
 * `caller`, `callee` or `unknown`. A field that is added leaves `version` as it is; one that changes raises it.
 */
import { cleanLine, cleanText } from './clean-text.ts';
import type { ExcerptPart, Format } from './format.ts';
import { htmlPreformatted } from './html-text.ts';
import { isoTime } from './times.ts';

export const json: Format = {
  id: 'json',
  extension: 'json',
  mime: 'application/json',
  write({ call, ticket, parts }, { nowMs }) {
    const written = {
      format: 'earshot-call',
      version: 1,
      call: {
        id: cleanLine(call.id),
        caller: known(call.caller),
        callee: known(call.callee),
        customer: known(call.customer),
        startedAt: isoTime(call.startedAtMs),
        endedAt: call.endedAtMs === undefined ? null : isoTime(call.endedAtMs),
      },
      ticket: known(ticket),
      writtenAt: isoTime(nowMs),
      parts: parts.map((part) => jsonPart(part, call.startedAtMs)),
    };
    const text = JSON.stringify(written, null, 2);
    return { text, html: htmlPreformatted(text) };
  },
};

function jsonPart(part: ExcerptPart, startedAtMs: number): unknown {
  const { kind } = part;
  switch (kind) {
    case 'line':
      return {
        kind,
        at: isoTime(part.atMs),
        offsetMs: part.atMs - startedAtMs,
        leg: part.leg,
        speaker: cleanLine(part.speaker),
        text: cleanLine(part.text),
      };
    case 'text':
      return { kind, text: cleanText(part.text) };
    case 'gap':
      return {
        kind,
        from: isoTime(part.fromMs),
        to: isoTime(part.toMs),
        fromMs: part.fromMs - startedAtMs,
        toMs: part.toMs - startedAtMs,
        text: cleanLine(part.text),
      };
  }
}

function known(text: string | undefined): string | null {
  return text === undefined ? null : cleanLine(text);
}
