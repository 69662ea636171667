/**
 * The frames of `earshot.v1`: JSON text, one object a frame, told apart by `type`.
 * Types are derived from the schemas; `codec.ts` is the only way in and out.
 */
import * as v from 'valibot';
import { fieldMap } from '../transcript/field-map.ts';

/** A position in a stream: grows with each event of an epoch, though not always by one; 0 before any. */
const sequence = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
/** The farthest that a date reaches from 1970: beyond it `Date` and `Intl` throw, on the screen too. */
const MAX_TIME_MS = 8.64e15;
/** Milliseconds since 1970 by the relay's clock. */
export const timeMs = v.pipe(v.number(), v.minValue(-MAX_TIME_MS), v.maxValue(MAX_TIME_MS));
const durationMs = v.pipe(v.number(), v.finite(), v.minValue(0));
/** Changes when the relay has lost its stream; the sequence starts anew with it. */
const epoch = v.pipe(v.string(), v.minLength(1), v.maxLength(64));
const words = v.pipe(v.string(), v.maxLength(500));

export const upstreamStates = ['up', 'connecting', 'unauthorized', 'down'] as const;
const gapReasons = ['upstream-away', 'frame-too-large'] as const;

const sequencedEvent = v.object({ seq: sequence, at: timeMs, data: v.unknown() });

const upstream = v.object({
  type: v.literal('upstream'),
  state: v.picklist(upstreamStates),
  since: timeMs,
  detail: v.optional(words),
});

export const relayFrame = v.variant('type', [
  v.object({
    type: v.literal('hello'),
    epoch,
    seq: sequence,
    /** The oldest event that is still held: a resume from the one before it brings everything there is. */
    oldest: sequence,
    agent: v.pipe(v.string(), v.maxLength(200)),
    pingMs: v.pipe(durationMs, v.minValue(1_000)),
    window: v.object({ events: v.pipe(v.number(), v.safeInteger(), v.minValue(0)), ms: durationMs }),
    tokenExpiresAtMs: v.optional(timeMs),
    /** How this account's events are to be read. One that is not understood is none. */
    fieldMap: v.optional(v.fallback(v.optional(fieldMap), undefined)),
  }),
  v.object({ type: v.literal('events'), events: v.array(sequencedEvent) }),
  v.object({ type: v.literal('resumed'), recovered: v.boolean(), from: sequence, to: sequence }),
  v.object({ type: v.literal('position'), seq: sequence }),
  upstream,
  v.object({ type: v.literal('gap'), from: timeMs, to: timeMs, reason: v.picklist(gapReasons) }),
  v.object({ type: v.literal('pong'), id: v.pipe(v.number(), v.safeInteger()) }),
  v.object({
    type: v.literal('bye'),
    code: v.pipe(v.number(), v.safeInteger()),
    message: words,
    retryAfterMs: v.optional(durationMs),
  }),
]);

export const clientFrame = v.variant('type', [
  v.object({ type: v.literal('resume'), epoch: v.optional(epoch), seq: v.optional(sequence) }),
  v.object({ type: v.literal('ping'), id: v.pipe(v.number(), v.safeInteger()) }),
  v.object({ type: v.literal('token'), token: v.pipe(v.string(), v.minLength(1), v.maxLength(8_192)) }),
]);

export type RelayFrame = v.InferOutput<typeof relayFrame>;
export type ClientFrame = v.InferOutput<typeof clientFrame>;
export type SequencedEvent = v.InferOutput<typeof sequencedEvent>;
export type UpstreamFrame = v.InferOutput<typeof upstream>;
export type UpstreamState = UpstreamFrame['state'];
export type GapFrame = Extract<RelayFrame, { type: 'gap' }>;
export type HelloFrame = Extract<RelayFrame, { type: 'hello' }>;
