/** The places a sidebar can be in, and what moves along from one to another. */
import * as v from 'valibot';

/** `overlay`: in a page. `panel`: the browser's side panel or sidebar. `window`: a window of its own. */
export const surfaces = ['overlay', 'panel', 'window'] as const;
export type Surface = (typeof surfaces)[number];

/** Which call is shown: that of the page's record, always the newest, or the one that was chosen. */
export const followModes = ['record', 'newest', 'pinned'] as const;
export type FollowMode = (typeof followModes)[number];

/** What an agent was reading, so that a reload or another surface goes on there. */
export const view = v.object({
  callId: v.optional(v.string()),
  mode: v.picklist(followModes),
  /** The entry at the upper edge and how far it is scrolled out, in CSS pixels; none while the newest is followed. */
  anchor: v.optional(v.object({ index: v.number(), offsetPx: v.number() })),
  search: v.optional(v.string()),
  /** The overlay is shrunk to a pill. */
  collapsed: v.optional(v.boolean(), false),
});
export type View = v.InferOutput<typeof view>;

const recordKinds = [
  'ticket',
  'case',
  'conversation',
  'issue',
  'contact',
  'company',
  'lead',
  'deal',
  'task',
  'record',
] as const;
export type RecordKind = (typeof recordKinds)[number];

/** What the overlay tells of its page: to know the record's call and to name where a note goes, and nothing else. */
export const pageRecord = v.object({
  title: v.string(),
  /** Phone numbers on the page, digits with a leading `+` where it was written so. */
  numbers: v.array(v.string()),
  /** The record that is open, where the CRM's pages are known. */
  record: v.optional(
    v.object({
      kind: v.picklist(recordKinds),
      /** As people name it, such as `1042`, without a `#`. */
      id: v.pipe(v.string(), v.maxLength(80)),
    }),
  ),
});
export type PageRecord = v.InferOutput<typeof pageRecord>;
