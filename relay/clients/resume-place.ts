/** Where a client goes on in the stream: from what it holds, or from where the stream stood when it was greeted. */
import type { GapFrame } from '../../utils/protocol/frames.ts';
import type { Clock } from '../clock.ts';
import type { Stream } from '../stream/stream.ts';

/** After event `from`, at `position` of the stream, with gaps that left the ring before it. */
export type Place = { from: number; position: number; lostGaps: readonly GapFrame[] };

export type ResumePlaces = {
  /** The stream as it stood at the greeting: its newest event, the oldest that was held, and its end. */
  hello: { seq: number; oldest: number; position: number };
  /** Where a client goes on that holds everything up to `seq` of `epoch`; `undefined`: the stream has moved on. */
  find(epoch: string, seq: number): Place | undefined;
  /** Where the stream stood at the greeting; where the window has moved beyond it, the oldest event there is. */
  ofHello(): Place;
};

/** To be made at the greeting. */
export function createResumePlaces(stream: Stream, clock: Pick<Clock, 'now'>): ResumePlaces {
  const hello = { seq: stream.head(), oldest: stream.oldest(clock.now()), position: stream.end() };

  function placeAfter(from: number, ofEpoch = stream.epoch): Place | undefined {
    const position = stream.positionAfter(ofEpoch, from, clock.now());
    return position === undefined ? undefined : { from, position, lostGaps: stream.lostGapsAfter(from) };
  }

  return {
    hello,
    find(epoch, seq) {
      // Who resumes from before the oldest wants all there is. Where the window has moved on meanwhile, as it does
      // all the time once it is full, that begins later: `from` says where.
      const from = seq === hello.oldest - 1 ? stream.oldest(clock.now()) - 1 : seq;
      return placeAfter(from, epoch);
    },
    ofHello() {
      const nowMs = clock.now();
      if (stream.positionAfter(stream.epoch, hello.seq, nowMs) !== undefined) {
        return { from: hello.seq, position: hello.position, lostGaps: [] };
      }
      const oldest = placeAfter(stream.oldest(nowMs) - 1);
      return oldest ?? { from: stream.head(), position: stream.end(), lostGaps: [] };
    },
  };
}
