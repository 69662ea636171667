/**
 * A call as Earshot keeps it: a small head that every event touches, and entries that are only added or settled.
 * Schemas, because calls cross two boundaries: the port to the sidebar and the session storage.
 */
import * as v from 'valibot';
import { directions, type Leg } from './event.ts';

/** Milliseconds since 1970. */
const timeMs = v.pipe(v.number(), v.finite());
const index = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
export const legs = ['caller', 'callee', 'unknown'] as const satisfies readonly Leg[];

const lineEntry = v.object({
  kind: v.literal('line'),
  /** Position in the call, from 0; it never changes once the line is there. */
  index,
  leg: v.picklist(legs),
  speaker: v.optional(v.string()),
  text: v.string(),
  final: v.boolean(),
  /** When the line began: the event's own time, else its arrival at the relay. */
  atMs: timeMs,
});

/** `relay-away`: the extension's own connection was gone and could not be resumed; the others are the relay's. */
const gapReasons = ['upstream-away', 'frame-too-large', 'relay-away'] as const;

const gapSpan = { fromMs: timeMs, toMs: timeMs, reason: v.picklist(gapReasons) };

/** A loss as it is told to every call that was live across it. */
export const gapSchema = v.object(gapSpan);

/** Lines may be missing here and cannot be had again. */
const gapEntry = v.object({ kind: v.literal('gap'), index, ...gapSpan });

export const entrySchema = v.variant('kind', [lineEntry, gapEntry]);

const summaryFields = {
  id: v.string(),
  /** `ended` only when the platform said so. */
  phase: v.picklist(['live', 'ended']),
  startedAtMs: timeMs,
  endedAtMs: v.optional(timeMs),
  /** By the relay's clock, so that it answers "how long has it been silent?". */
  lastEventAtMs: timeMs,
  lastLineAtMs: v.optional(timeMs),
  parties: v.object({
    caller: v.optional(v.string()),
    callee: v.optional(v.string()),
    customer: v.optional(v.string()),
    direction: v.optional(v.picklist(directions)),
  }),
  /** How many entries the call has had; the next one's index. */
  entryCount: index,
};

/** What a surface needs to know of a call beside its entries. */
export const callSummary = v.object(summaryFields);

export const callHead = v.object({
  ...summaryFields,
  /** Utterances that later events may still revise. */
  open: v.array(v.object({ key: v.string(), entry: lineEntry, beforeGap: v.boolean() })),
  /** Utterances settled lately that carried an id: a late revision finds its line here. */
  settled: v.array(v.object({ key: v.string(), entry: lineEntry })),
});

export type LineEntry = v.InferOutput<typeof lineEntry>;
export type GapEntry = v.InferOutput<typeof gapEntry>;
export type Entry = LineEntry | GapEntry;
export type Gap = v.InferOutput<typeof gapSchema>;
export type CallSummary = v.InferOutput<typeof callSummary>;
export type CallHead = v.InferOutput<typeof callHead>;
export type OpenUtterance = CallHead['open'][number];

/** What one event changed: the head, and entries to put at their index (new or in place of an older one). */
export type CallStep = { head: CallHead; entries: Entry[] };

/** The head without what only the reducer needs. */
export function summarise({ open: _open, settled: _settled, ...summary }: CallHead): CallSummary {
  return summary;
}
