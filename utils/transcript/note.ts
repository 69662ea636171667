/**
 * What an agent gathers for the ticket during one call: pinned lines and text of their own, in their order. A schema,
 * because notes cross the port and the session storage.
 */
import * as v from 'valibot';
import { legs } from './call.ts';

export const MAX_NOTE_ITEMS = 500;
/** Of one item: a paragraph typed or pasted, or a line. */
export const MAX_NOTE_TEXT_LENGTH = 100_000;

const text = v.pipe(v.string(), v.maxLength(MAX_NOTE_TEXT_LENGTH));

const pinnedLine = v.object({
  kind: v.literal('line'),
  id: v.string(),
  /** The line's index in its call. */
  index: v.number(),
  leg: v.picklist(legs),
  speaker: v.optional(v.string()),
  atMs: v.number(),
  /** As it was when last seen, so that it stays when the call lets its oldest lines go. */
  text,
  /** What the agent made of it. */
  own: v.optional(text),
});

const typedText = v.object({ kind: v.literal('text'), id: v.string(), text });

const noteItem = v.variant('kind', [pinnedLine, typedText]);

export const note = v.object({
  callId: v.string(),
  /** A call that begins anew under the same id is another call, with another note. */
  callStartedAtMs: v.number(),
  items: v.pipe(v.array(noteItem), v.maxLength(MAX_NOTE_ITEMS)),
});

export type NoteItem = v.InferOutput<typeof noteItem>;
export type PinnedLine = v.InferOutput<typeof pinnedLine>;
export type Note = v.InferOutput<typeof note>;
