/**
 * What is told of Earshot's state to whoever helps: states, counts and close codes. No text of a call, no token, no
 * number, name or address of anybody or anything.
 */
import * as v from 'valibot';
import { unreadReasons } from '../transcript/event.ts';

/** Something that happened to a connection. */
const journalEntry = v.object({
  atMs: v.number(),
  /** A state's name with its reason, such as `waiting lost`, or `closed`. */
  what: v.string(),
  /** The WebSocket's close code. */
  code: v.optional(v.number()),
});

const relayReport = v.object({
  /** The state's name, and its reason after a space. */
  relay: v.string(),
  platform: v.string(),
  plain: v.boolean(),
  /** What the address begins with; `none` and `wrong` where there is no usable one. */
  address: v.picklist(['wss', 'ws', 'none', 'wrong']),
  hasToken: v.boolean(),
  /** Whose field map reads its events. */
  fieldMap: v.picklist(['none', 'own', 'relay']),
  calls: v.number(),
  liveCalls: v.number(),
  lines: v.number(),
  gaps: v.number(),
  /** Since the background last started. */
  events: v.number(),
  unread: v.record(v.picklist(unreadReasons), v.number()),
  journal: v.array(journalEntry),
});

export const diagnosis = v.object({
  /** When the background last started, ms since 1970. */
  startedAtMs: v.number(),
  relays: v.array(relayReport),
  tabs: v.object({ on: v.number(), left: v.number(), refused: v.number() }),
  /** Sidebars that are open, by surface. */
  surfaces: v.object({ overlay: v.number(), panel: v.number(), window: v.number() }),
  sites: v.object({ listed: v.number(), allowed: v.number() }),
  notes: v.number(),
});

export type JournalEntry = v.InferOutput<typeof journalEntry>;
export type RelayReport = v.InferOutput<typeof relayReport>;
export type Diagnosis = v.InferOutput<typeof diagnosis>;
