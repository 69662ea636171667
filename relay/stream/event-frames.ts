/**
 * Cuts the stream into frames, one reader's cursor at a time. Readers at the same place who see the same
 * (nearly all of them, nearly always) share one frame, built once: the very same string.
 */
import { encodeFrame } from '../../utils/protocol/codec.ts';
import type { Limits } from '../limits.ts';
import { jsonOf, type Stream, type StreamEvent } from './stream.ts';
import type { Backfill, View } from './view.ts';

/** What frames not in use any more may hold until they go. */
const MAX_CACHED_BYTES = 4 * 1024 * 1024;
const MAX_CACHED_SLICES = 4_096;

/** What of a slice is events: how many, their bytes of JSON, and when the newest of them came. */
export type Sent = { events: number; bytes: number; newestAtMs: number };
/**
 * `frame`: text to send, undefined if the reader may see nothing of the slice; `next`: where the cursor goes;
 * `sentSeq`: the newest event in the frame; `passedSeq`: the newest event passed over or sent; `skipped`: superseded
 * interims left out.
 */
type Slice = {
  frame: string | undefined;
  next: number;
  sentSeq: number | undefined;
  passedSeq: number | undefined;
  sent: Sent;
  skipped: number;
};
/** `next`: the index in the back-fill where the next slice begins. */
export type BackfillSlice = Pick<Slice, 'frame' | 'next' | 'sent'>;

/** `seq`: of the newest event passed over, undefined if none was. */
type Passed = { next: number; seq: number | undefined };

export type FrameCutter = {
  /** From `position` to the first entry that is not an event the view leaves unseen. */
  pass(position: number, view: View): Passed;
  /**
   * `undefined`: what the cursor points at has left the window. Must not be called at the stream's end.
   * `isLean`: without interims in whose place a later event stands.
   */
  cut(position: number, view: View, isLean: boolean): Slice | undefined;
  /** From index `at`. What has left the window, or may no longer be seen, is passed over. */
  cutBackfill(backfill: Backfill, at: number, view: View): BackfillSlice;
};

type Bounds = Pick<Limits, 'batchEvents' | 'batchBytes'>;
/** `isWhole`: what comes after it cannot belong to it, however the stream grows. */
type Cut = Slice & { isWhole: boolean };

export function createFrameCutter(stream: Stream, limits: Bounds): FrameCutter {
  const cuts = createCutCache(stream);
  let lastBackfill:
    | { of: Backfill; at: number; view: View; version: number; slice: BackfillSlice }
    | undefined;

  return {
    pass: createPassing(stream),
    cut(position, view, isLean) {
      if (stream.at(position) === undefined) return undefined;
      return (
        cuts.get(position, view, isLean) ??
        cuts.put(position, view, isLean, cut(stream, limits, position, view, isLean))
      );
    },
    cutBackfill(of, at, view) {
      const version = view.version();
      const last = lastBackfill;
      if (last?.of === of && last.at === at && last.view === view && last.version === version)
        return last.slice;
      const slice = cutBackfill(stream, limits, of, at, view);
      lastBackfill = { of, at, view, version, slice };
      return slice;
    },
  };
}

/**
 * Most of a stream is for others: it is passed over without a frame being looked for, and once for all who stand at the
 * same place with the same view.
 */
function createPassing(stream: Stream): FrameCutter['pass'] {
  type Known = Passed & { from: number; version: number };
  const passed = new WeakMap<View, Known>();

  return (from, view) => {
    const version = view.version();
    const before = passed.get(view);
    const known = before?.from === from && before.version === version ? before : undefined;
    let { next, seq }: Passed = known ?? { next: from, seq: undefined };
    for (let entry = stream.at(next); entry?.kind === 'event' && !view.sees(entry); entry = stream.at(next)) {
      seq = entry.seq;
      next += 1;
    }
    const now = { from, version, next, seq };
    if (next > from) passed.set(view, now);
    return now;
  };
}

/** A slice holds until its view sees more, and until the stream has grown where more would have fitted into it. */
function createCutCache(stream: Stream) {
  type Kept = { version: number; cut: Cut };
  const kept = new Map<string, Kept>();
  /** Most readers ask for what the one before them asked for. */
  let last: { position: number; view: View; isLean: boolean; kept: Kept } | undefined;
  const ids = new WeakMap<View, number>();
  let lastId = 0;
  let bytes = 0;

  function keyOf(position: number, view: View, isLean: boolean): string {
    let id = ids.get(view);
    if (id === undefined) {
      lastId += 1;
      id = lastId;
      ids.set(view, id);
    }
    return `${id} ${position}${isLean ? ' lean' : ''}`;
  }

  function remove(key: string, { cut }: Kept): void {
    kept.delete(key);
    bytes -= cut.sent.bytes;
  }

  return {
    get(position: number, view: View, isLean: boolean): Cut | undefined {
      const isLast = last?.position === position && last.view === view && last.isLean === isLean;
      const found = isLast ? last?.kept : kept.get(keyOf(position, view, isLean));
      if (found === undefined || found.version !== view.version()) return undefined;
      if (!isLast) last = { position, view, isLean, kept: found };
      return found.cut.isWhole || found.cut.next === stream.end() ? found.cut : undefined;
    },

    put(position: number, view: View, isLean: boolean, cut: Cut): Cut {
      const key = keyOf(position, view, isLean);
      const before = kept.get(key);
      if (before !== undefined) remove(key, before);
      const newest = { version: view.version(), cut };
      kept.set(key, newest);
      last = { position, view, isLean, kept: newest };
      bytes += cut.sent.bytes;
      for (const [oldest, one] of kept) {
        if (bytes <= MAX_CACHED_BYTES && kept.size <= MAX_CACHED_SLICES) break;
        remove(oldest, one);
      }
      return cut;
    },
  };
}

function cut(stream: Stream, limits: Bounds, position: number, view: View, isLean: boolean): Cut {
  const batch = createBatch(limits);
  let next = position;
  let passedSeq: number | undefined;
  let skipped = 0;
  let entry = stream.at(next);
  if (entry?.kind === 'gap') {
    const frame = encodeFrame(entry.frame);
    return {
      frame,
      next: next + 1,
      sentSeq: undefined,
      passedSeq,
      sent: batch.sent(),
      skipped,
      isWhole: true,
    };
  }
  for (; entry?.kind === 'event'; entry = stream.at(next)) {
    if (view.sees(entry)) {
      if (isLean && entry.isSuperseded) skipped += 1;
      else if (!batch.take(entry)) break;
    }
    passedSeq = entry.seq;
    next += 1;
  }
  const isWhole = entry !== undefined;
  return {
    frame: batch.frame(),
    next,
    sentSeq: batch.newestSeq(),
    passedSeq,
    sent: batch.sent(),
    skipped,
    isWhole,
  };
}

function cutBackfill(stream: Stream, limits: Bounds, of: Backfill, at: number, view: View): BackfillSlice {
  const batch = createBatch(limits);
  let next = at;
  for (; next < of.length; next += 1) {
    const entry = stream.at(of[next] ?? -1);
    if (entry?.kind === 'event' && view.sees(entry) && !batch.take(entry)) break;
  }
  return { frame: batch.frame(), next, sent: batch.sent() };
}

/** Events as they gather into one frame. */
function createBatch({ batchEvents, batchBytes }: Bounds) {
  const events: string[] = [];
  let bytes = 0;
  let newest: StreamEvent | undefined;

  return {
    /** False if it is full; it always takes one. */
    take(event: StreamEvent): boolean {
      if (events.length > 0 && (events.length >= batchEvents || bytes + event.bytes > batchBytes))
        return false;
      events.push(jsonOf(event));
      bytes += event.bytes;
      newest = event;
      return true;
    },
    newestSeq: () => newest?.seq,
    sent: (): Sent => ({ events: events.length, bytes, newestAtMs: newest?.atMs ?? 0 }),
    /** The codec's form of an `events` frame, without serialising each event again for each reader. */
    frame: () => (events.length === 0 ? undefined : `{"type":"events","events":[${events.join(',')}]}`),
  };
}
