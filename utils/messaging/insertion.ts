/** Putting text into an editor of the page: where it would go, and what became of it. */
import * as v from 'valibot';

/** More than any call has; what is longer is refused with a word, not cut. */
export const MAX_INSERT_LENGTH = 2_000_000;

/** The editor that text would go into. */
export const insertTarget = v.object({
  /** Another editor has another one: text is put only into the target that was named when it was asked for. */
  id: v.string(),
  /** What the page calls the editor, such as `Public reply`; empty where it has no name. */
  label: v.pipe(v.string(), v.maxLength(120)),
  /** `one`: a field of a single line, in which line breaks become spaces. */
  lines: v.picklist(['one', 'many']),
  /** `clipboard`: it stands in a frame of another site (`host`), where only the agent's own Ctrl+V reaches. */
  reach: v.picklist(['direct', 'clipboard']),
  /** The frame's host, where `reach` is `clipboard`. */
  host: v.optional(v.string()),
});

const insertOutcomes = [
  /** The text was seen in the editor. */
  'inserted',
  /** The editor holds what it held before. */
  'not-taken',
  /** The editor holds something else now, and not all of the text. */
  'partly',
  'no-target',
  /** The editor that was named is gone, or another one is the target by now. */
  'target-changed',
  /** `reach` is `clipboard`. */
  'not-reachable',
  /** No page answered: none is in front that the sidebar was turned on in, or it hangs. */
  'no-page',
] as const;

export type InsertTarget = v.InferOutput<typeof insertTarget>;
export type InsertOutcome = (typeof insertOutcomes)[number];

/** Chosen by who asks, and given back with the answer. */
export const requestId = v.pipe(v.string(), v.maxLength(64));
export const insertText = v.pipe(v.string(), v.maxLength(MAX_INSERT_LENGTH));
/** What is asked for, besides who asks whom. */
export const insertion = {
  request: requestId,
  targetId: v.string(),
  text: insertText,
  /** Begin a new line where the caret stands behind other text in its line; else the text goes in right there. */
  ownLine: v.optional(v.boolean(), false),
};
export type Insertion = v.InferOutput<v.ObjectSchema<typeof insertion, undefined>>;
export const insertOutcome = v.picklist(insertOutcomes);
