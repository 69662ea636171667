/** What the bench and its sender say to each other over IPC, decoded at both ends. */
import * as v from 'valibot';

/** `relay`: whoever speaks `earshot.v1`. The others: the same frames to who opened that path of the bare server. */
const roads = ['relay', 'floor', 'road', 'naive'] as const;
export type Road = (typeof roads)[number];

const road = v.picklist(roads);
const count = v.pipe(v.number(), v.integer(), v.minValue(0));

const senderCommand = v.variant('kind', [
  /** Lines `from` to `to` of a call, as fast as they go. */
  v.object({ kind: v.literal('fill'), road, call: v.string(), from: count, to: count }),
  /** Lines of a call from `from` on, so many a second, each at a moment of its own within its share of the time. */
  v.object({
    kind: v.literal('stream'),
    road,
    call: v.string(),
    from: count,
    perSecond: v.number(),
    forMs: v.number(),
  }),
  /** Calls of the demo from this number on, over the relay, squeezed into so much time; 0: as fast as they go. */
  v.object({ kind: v.literal('replay'), first: count, calls: count, forMs: v.number() }),
]);

const senderReport = v.variant('kind', [
  v.object({ kind: v.literal('ready'), relayUrl: v.string(), bareUrl: v.string() }),
  v.object({ kind: v.literal('filled') }),
  /** When each line of a stream was sent, in the order of their numbers. */
  v.object({ kind: v.literal('streamed'), sentUs: v.array(v.number()) }),
  /** How many events it were, and the id of the call that ended last. */
  v.object({ kind: v.literal('replayed'), events: count, lastCall: v.string() }),
]);

export type SenderCommand = v.InferOutput<typeof senderCommand>;
export type SenderReport = v.InferOutput<typeof senderReport>;

export const decodeSenderCommand = (raw: unknown): SenderCommand => v.parse(senderCommand, raw);
export const decodeSenderReport = (raw: unknown): SenderReport => v.parse(senderReport, raw);
