/**
 * What the background and a sidebar say to each other over their port. A new sidebar is sent `reset`, every call in
 * pages of `changes`, `complete`, then whatever changes, in order: snapshot and deltas are one kind of message.
 */
import * as v from 'valibot';
import { platformState, relayState } from '../connection/state.ts';
import { callSummary, entrySchema, gapSchema } from '../transcript/call.ts';
import { unreadReasons } from '../transcript/event.ts';

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
  v.object({ type: v.literal('reset'), status }),
  v.object({ type: v.literal('status'), status }),
  v.object({ type: v.literal('changes'), calls: v.array(callChange), forgotten: v.array(v.string()) }),
  /** Everything there was has been sent since `reset`: what was not named is no longer kept. */
  v.object({ type: v.literal('complete') }),
]);

/** A message with its number on this port, counted from 1: a sidebar that misses one asks for everything again. */
export const numbered = v.object({ n: v.number(), message: toSidebar });

export const fromSidebar = v.variant('type', [
  /** Turn the sidebar off in this tab. */
  v.object({ type: v.literal('close') }),
  v.object({ type: v.literal('open-options') }),
  /** Connect now instead of at the next attempt. */
  v.object({ type: v.literal('retry') }),
  /** A message is missing: send everything again. */
  v.object({ type: v.literal('again') }),
]);

export type Status = v.InferOutput<typeof status>;
export type CallChange = v.InferOutput<typeof callChange>;
export type ToSidebar = v.InferOutput<typeof toSidebar>;
export type Numbered = v.InferOutput<typeof numbered>;
export type FromSidebar = v.InferOutput<typeof fromSidebar>;
