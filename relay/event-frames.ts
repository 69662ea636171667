/**
 * Cuts the stream into frames, one reader's cursor at a time. Readers at the same place who see the same
 * (nearly all of them, nearly always) share one frame, built once.
 */
import { encodeFrame } from '../utils/protocol/codec.ts';
import type { Visibility } from './agents.ts';
import type { Limits } from './limits.ts';
import type { Stream } from './stream.ts';

/**
 * `frame`: text to send, undefined if the reader may see nothing of the slice; `next`: where the cursor goes;
 * `sentSeq`: the newest event in the frame; `passedSeq`: the newest event passed over or sent.
 */
type Slice = {
  frame: string | undefined;
  next: number;
  sentSeq: number | undefined;
  passedSeq: number | undefined;
};
/** `undefined`: what the cursor points at has left the window. Must not be called at the stream's end. */
export type CutSlice = (position: number, visibility: Visibility) => Slice | undefined;

export function createFrameCutter(
  stream: Stream,
  limits: Pick<Limits, 'batchEvents' | 'batchBytes'>,
): CutSlice {
  let last: { position: number; visibility: Visibility; slice: Slice } | undefined;

  return (position, visibility) => {
    if (last?.position === position && last.visibility === visibility) return last.slice;
    const slice = cut(stream, limits, position, visibility);
    last = slice && { position, visibility, slice };
    return slice;
  };
}

function cut(
  stream: Stream,
  limits: Pick<Limits, 'batchEvents' | 'batchBytes'>,
  position: number,
  visibility: Visibility,
): Slice | undefined {
  const first = stream.at(position);
  if (first === undefined) return undefined;
  if (first.kind === 'gap') {
    return { frame: encodeFrame(first.frame), next: position + 1, sentSeq: undefined, passedSeq: undefined };
  }
  const events: string[] = [];
  let bytes = 0;
  let next = position;
  let sentSeq: number | undefined;
  let passedSeq: number | undefined;
  for (let entry = stream.at(next); entry?.kind === 'event'; entry = stream.at(next)) {
    if (visibility(entry)) {
      const isFull = events.length >= limits.batchEvents || bytes + entry.bytes > limits.batchBytes;
      if (events.length > 0 && isFull) break;
      events.push(entry.json);
      bytes += entry.bytes;
      sentSeq = entry.seq;
    }
    passedSeq = entry.seq;
    next += 1;
  }
  // The codec's form of an `events` frame, without serialising each event again for each reader.
  const frame = events.length === 0 ? undefined : `{"type":"events","events":[${events.join(',')}]}`;
  return { frame, next, sentSeq, passedSeq };
}
