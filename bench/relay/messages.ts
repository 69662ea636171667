/** What the bench and its processes say to each other over IPC, decoded at both ends. */
import * as v from 'valibot';

export const subjectNames = [
  'bare',
  'relay',
  'rules',
  'nginx',
  'nats',
  'follower',
  'followers',
  'own',
] as const;
/**
 * What is measured: a bare broadcast, the relay with agents who see all, the relay with rules, a pass-through nginx; on
 * NATS a relay that leads and has no other, one that follows it, and one of several that do; the relay where each event
 * is one agent's alone.
 */
export type SubjectName = (typeof subjectNames)[number];

const subject = v.picklist(subjectNames);
const count = v.pipe(v.number(), v.integer(), v.minValue(0));

const platformCommand = v.variant('kind', [
  /** This many events, so many a second, however few listen. */
  v.object({ kind: v.literal('fill'), subject, events: count, eventsPerSecond: v.number() }),
  /** From now on the subject's events go round as many called numbers. */
  v.object({ kind: v.literal('numbers'), subject, numbers: count }),
  /** As many as can be, with at most `window` deliveries under way; `receivers`: deliveries of one event. */
  v.object({ kind: v.literal('saturate'), subject, receivers: v.number(), window: count }),
  v.object({ kind: v.literal('pace'), subject, eventsPerSecond: v.number() }),
  /** Of the phase that runs, so far. */
  v.object({ kind: v.literal('delivered'), deliveries: count }),
  v.object({ kind: v.literal('pause') }),
]);
export type PlatformCommand = v.InferOutput<typeof platformCommand>;
export const decodePlatformCommand = (raw: unknown): PlatformCommand => v.parse(platformCommand, raw);

const platformReport = v.variant('kind', [
  v.object({ kind: v.literal('listening'), port: count }),
  /** Answers `fill` and `pause`; `next`: the number of the subject's next event. */
  v.object({ kind: v.literal('paused'), subject, next: count }),
]);
export type PlatformReport = v.InferOutput<typeof platformReport>;
export const decodePlatformReport = (raw: unknown): PlatformReport => v.parse(platformReport, raw);

const loadCommand = v.variant('kind', [
  v.object({
    kind: v.literal('connect'),
    subject,
    port: count,
    /** Client `i` of these takes the token `i` modulo their number; none: nothing is offered. */
    tokens: v.array(v.string()),
    clients: count,
    /** Of the first of these clients among all the subject's. */
    firstClient: count,
    /** How many the subject has in all. */
    ofClients: count,
    /** The number of the next event to come. */
    nextEvent: count,
  }),
  v.object({ kind: v.literal('mark'), subject }),
]);
export type LoadCommand = v.InferOutput<typeof loadCommand>;
export const decodeLoadCommand = (raw: unknown): LoadCommand => v.parse(loadCommand, raw);

const mark = v.object({
  kind: v.literal('marked'),
  subject,
  atUs: v.number(),
  /** Since the beginning: events received, frames they came in, events that should have come before one that did. */
  deliveries: count,
  frames: count,
  missed: count,
  /** Connections that are no longer there. */
  closed: count,
  /** Since the last mark. */
  latencies: v.array(v.tuple([count, count])),
  /** Since the last mark: the longest time between one event, whoever received it, and the next. */
  longestPauseUs: count,
});
export type Mark = v.InferOutput<typeof mark>;

const loadReport = v.variant('kind', [
  v.object({ kind: v.literal('connected'), subject }),
  v.object({ kind: v.literal('failed'), reason: v.string() }),
  v.object({ kind: v.literal('progress'), subject, deliveries: count }),
  mark,
]);
export type LoadReport = v.InferOutput<typeof loadReport>;
export const decodeLoadReport = (raw: unknown): LoadReport => v.parse(loadReport, raw);
