/**
 * What the settings page and the background say to each other: the page may watch one relay, for the inspector and the
 * test of a connection, and asks for what only the background can do.
 */
import * as v from 'valibot';
import { platformState, relayState } from '../connection/state.ts';
import { fieldMap } from '../transcript/field-map.ts';
import { diagnosis } from './diagnosis.ts';

export const OPTIONS_PORT = 'options';

/** An event of the platform as the relay passed it on. */
const rawEvent = v.object({ seq: v.number(), atMs: v.number(), data: v.unknown() });

export const toOptions = v.variant('type', [
  /** The relay that is watched, at first and whenever it changes. */
  v.object({
    type: v.literal('watched'),
    relayId: v.string(),
    relay: relayState,
    platform: platformState,
    /** The field map the relay tells everybody. */
    relayFieldMap: v.optional(fieldMap),
  }),
  /** Events of the watched relay, oldest first: at first those that are held (at most 50), then each as it comes. */
  v.object({ type: v.literal('events'), relayId: v.string(), events: v.array(rawEvent) }),
  /** How far an agent has come who sets Earshot up; at first and whenever it changes. */
  v.object({
    type: v.literal('progress'),
    /** Tabs with the sidebar, and sidebars elsewhere. */
    sidebars: v.number(),
    /** Lines of the calls that are kept. */
    lines: v.number(),
  }),
  /** The answer to `forget`: nothing of any call is kept any more. */
  v.object({ type: v.literal('forgotten') }),
  v.object({ type: v.literal('diagnosis'), diagnosis }),
]);

export const fromOptions = v.variant('type', [
  /** Stay connected to this relay, and tell of it, while this port is open; without an id no longer. */
  v.object({ type: v.literal('watch'), relayId: v.optional(v.string()) }),
  /** Forget every call, note, event and view now. */
  v.object({ type: v.literal('forget') }),
  /** Preferences that are not stored yet: where this port closes first, the background stores what was said last. */
  v.object({ type: v.literal('unsaved'), part: v.record(v.string(), v.unknown()) }),
  /** Answered by `diagnosis`. */
  v.object({ type: v.literal('diagnose') }),
]);

export type RawEvent = v.InferOutput<typeof rawEvent>;
export type ToOptions = v.InferOutput<typeof toOptions>;
export type FromOptions = v.InferOutput<typeof fromOptions>;
