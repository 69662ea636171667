/**
 * What the background and a sidebar say to each other over their port. A new sidebar is sent `reset`, every call with
 * a page of the one it will show as `changes`, `complete`, then whatever changes, in order. What was said before comes
 * a page at a time as `older`, each for a `more`, so that a sidebar opens at the same speed whatever was said.
 */
import * as v from 'valibot';
import { platformState, relayState } from '../connection/state.ts';
import { helpTopics } from '../help/topics.ts';
import { callSummary, entrySchema, gapSchema } from '../transcript/call.ts';
import { unreadReasons } from '../transcript/event.ts';
import { note } from '../transcript/note.ts';
import { insertion, insertOutcome, insertTarget, requestId } from './insertion.ts';
import { pageRecord, surfaces, view } from './surface.ts';

export const SIDEBAR_PORT = 'sidebar';

/** Entries a message carries at most, so that no message is large and the first page paints at once. */
export const ENTRIES_A_PAGE = 500;

const status = v.object({
  relay: relayState,
  platform: platformState,
  /** Events of the platform that could not be read, and why the last one could not. */
  unread: v.object({ count: v.number(), lastReason: v.optional(v.picklist(unreadReasons)) }),
  /** The last loss, for a sidebar that has no live call to show it in. */
  lastGap: v.optional(gapSchema),
  /** Calls that were let go to make room. */
  forgottenCount: v.number(),
});

const callChange = v.object({
  call: callSummary,
  /** Entries before this index are no longer kept. */
  firstIndex: v.number(),
  /** To be put at their own index: new ones, or newer text of old ones. */
  entries: v.array(entrySchema),
});

const toSidebar = v.variant('type', [
  v.object({
    type: v.literal('reset'),
    status,
    /** What was being read here, or where this sidebar was moved from. */
    view: v.optional(view),
  }),
  v.object({ type: v.literal('status'), status }),
  v.object({ type: v.literal('changes'), calls: v.array(callChange), forgotten: v.array(v.string()) }),
  /** Every call there was has been named since `reset`: one that was not is no longer kept. */
  v.object({ type: v.literal('complete') }),
  /** The answer to `more`: entries from before this port was opened, as they are now. */
  v.object({ type: v.literal('older'), change: callChange }),
  /** What the page under the overlay shows. */
  v.object({ type: v.literal('page'), page: v.optional(pageRecord) }),
  /** The editor that an insertion would go into now. */
  v.object({ type: v.literal('target'), target: v.optional(insertTarget) }),
  /** The answer to `insert`. */
  v.object({ type: v.literal('inserted'), request: requestId, outcome: insertOutcome }),
  /** Notes as they were kept, before `complete`; later those that another sidebar changed. */
  v.object({ type: v.literal('notes'), notes: v.array(note) }),
  /** The relays there are and the one whose calls follow; before `reset`, and whenever they change. */
  v.object({
    type: v.literal('relays'),
    relays: v.array(v.object({ id: v.string(), name: v.string() })),
    current: v.string(),
  }),
  /** The site of the page beside, and whether Earshot opens there by itself; none where it cannot. */
  v.object({
    type: v.literal('site'),
    site: v.optional(v.object({ origin: v.string(), always: v.boolean() })),
  }),
  /** A keyword was said whose profile asks to be heard. */
  v.object({ type: v.literal('chime') }),
  /** The answer to `move`: another surface shows the calls now, or `false`: none could be opened. */
  v.object({ type: v.literal('moved'), done: v.boolean() }),
]);

/** A message with its number on this port, counted from 1: a sidebar that misses one asks for everything again. */
export const numbered = v.object({ n: v.number(), message: toSidebar });

const place = { callId: v.optional(v.string()), index: v.optional(v.number()) };

export const fromSidebar = v.variant('type', [
  /** Turn the sidebar off in this tab. */
  v.object({ type: v.literal('close') }),
  /** `section`: the id of a part of the page. */
  v.object({ type: v.literal('open-options'), section: v.optional(v.string()) }),
  v.object({ type: v.literal('open-help'), topic: v.picklist(helpTopics) }),
  /** Show the calls of another relay in this tab, or on this surface. */
  v.object({ type: v.literal('choose-relay'), relayId: v.string() }),
  /** Open on this site by itself from now on, for which the browser's permission was given, or no longer. */
  v.object({ type: v.literal('always'), origin: v.string(), always: v.boolean() }),
  /** Connect now instead of at the next attempt. */
  v.object({ type: v.literal('retry') }),
  /** A message is missing: send everything again. */
  v.object({ type: v.literal('again') }),
  /**
   * Send a page of what was said before this port was opened: of this call while something of it is left, and there
   * around this entry while that is left, else what is newest. Where nothing is left nothing is answered.
   */
  v.object({ type: v.literal('more'), ...place }),
  /** What is being read now, for the next time. */
  v.object({ type: v.literal('view'), view }),
  /** While the edge is dragged; the width that stays is a preference. */
  v.object({ type: v.literal('resize'), width: v.number() }),
  /** Show the calls there, as they are read here. */
  v.object({ type: v.literal('move'), to: v.picklist(surfaces), view }),
  /** The agent has the transcript before their eyes. */
  v.object({ type: v.literal('seen') }),
  /** Put this text into the editor that was told as target. */
  v.object({ type: v.literal('insert'), ...insertion }),
  /** The note as it is now; one without items is kept no longer. */
  v.object({ type: v.literal('note'), note }),
]);

export type Status = v.InferOutput<typeof status>;
export type CallChange = v.InferOutput<typeof callChange>;
/** Where a sidebar reads, or begins to. */
export type Place = Omit<Extract<v.InferOutput<typeof fromSidebar>, { type: 'more' }>, 'type'>;
export type ToSidebar = v.InferOutput<typeof toSidebar>;
export type Numbered = v.InferOutput<typeof numbered>;
export type FromSidebar = v.InferOutput<typeof fromSidebar>;
