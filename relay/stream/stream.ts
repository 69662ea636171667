/**
 * The relay's memory of the log: what the platform sent, and the gaps in between, as far back as the window reaches.
 * After Centrifugo's model: an epoch that changes when the log is lost, and a number that grows with each event. Not
 * always by one: what else the log holds is numbered too.
 *
 * Entries (events and gaps) have a `position` that never goes back; readers are cursors over positions.
 */
import type { GapFrame } from '../../utils/protocol/frames.ts';
import type { LogWindow } from '../bus/bus.ts';
import type { EventFacts } from './event-facts.ts';

/** `dataJson`: JSON text of the event's data, the log's own. `bytes`: of `jsonOf` the event. */
export type StreamEvent = {
  kind: 'event';
  seq: number;
  atMs: number;
  dataJson: string;
  bytes: number;
  facts: EventFacts;
  /** An interim in whose place a later event of the stream stands: whoever is behind does without it. */
  isSuperseded: boolean;
};
/** `seq`: of the event before it, 0 if none. */
type StreamGap = { kind: 'gap'; seq: number; frame: GapFrame; bytes: number };
export type StreamEntry = StreamEvent | StreamGap;
/** What an event of the log is known by. */
export type NewEvent = Pick<StreamEvent, 'seq' | 'atMs' | 'dataJson' | 'facts'>;

/** More gaps in a row than this, once let go, are told as fewer and longer ones. */
const MAX_LOST_GAPS = 16;

type Slot = { entry: StreamEntry; atMs: number; bytesBefore: number };

export type Stream = ReturnType<typeof createStream>;

/** As it stands in an `events` frame. */
export function jsonOf({ seq, atMs, dataJson }: Pick<StreamEvent, 'seq' | 'atMs' | 'dataJson'>): string {
  return `{"seq":${seq},"at":${atMs},"data":${dataJson}}`;
}

/**
 * Appending costs the same however much is held.
 * The newest entry is always held, even if it alone exceeds `bytes`.
 * `beganAfter`: the number after which the log is read; what came before is not to be had.
 */
export function createStream(epoch: string, window: LogWindow, beganAfter = 0) {
  const slots = new Array<Slot | undefined>(window.events);
  let first = 0;
  let next = 0;
  let headSeq = beganAfter;
  let bytesHeld = 0;
  let bytesEver = 0;
  /** The newest event let go, 0 while none was: all events after it are held. */
  let lostSeq = beganAfter;
  /** Gaps right after it that were let go too. Without them a resume from there would seem whole and not be. */
  let lostGaps: GapFrame[] = [];

  const slotAt = (position: number) => slots[position % window.events];

  function evictOldest(): void {
    const slot = slotAt(first);
    if (slot === undefined) return;
    bytesHeld -= slot.entry.bytes;
    if (slot.entry.kind === 'gap') {
      lostGaps = withGap(lostGaps, slot.entry.frame);
    } else {
      lostSeq = slot.entry.seq;
      lostGaps = [];
    }
    slots[first % window.events] = undefined;
    first += 1;
  }

  function trim(nowMs: number): void {
    for (let oldest = slotAt(first); first < next; oldest = slotAt(first)) {
      if (oldest === undefined || nowMs - oldest.atMs <= window.ms) return;
      evictOldest();
    }
  }

  function push(entry: StreamEntry, nowMs: number): void {
    trim(nowMs);
    while (next > first && (next - first >= window.events || bytesHeld + entry.bytes > window.bytes))
      evictOldest();
    slots[next % window.events] = { entry, atMs: nowMs, bytesBefore: bytesEver };
    bytesHeld += entry.bytes;
    bytesEver += entry.bytes;
    next += 1;
  }

  return {
    epoch,
    /** The newest event's number, or the one after which the log is read. */
    head: () => headSeq,
    /** The oldest event still held; the one that will come next if none is. A resume from before it has them all. */
    oldest(nowMs: number): number {
      trim(nowMs);
      return lostSeq + 1;
    },
    /** The oldest position held; `end` if none is. */
    first: () => first,
    /** The position the next entry will get. */
    end: () => next,

    /** `seq`: greater than any before. */
    append({ seq, atMs, dataJson, facts }: NewEvent): StreamEvent {
      headSeq = seq;
      const bytes = Buffer.byteLength(jsonOf({ seq, atMs, dataJson: '' })) + Buffer.byteLength(dataJson);
      const event: StreamEvent = { kind: 'event', seq, atMs, dataJson, bytes, facts, isSuperseded: false };
      push(event, atMs);
      return event;
    },

    appendGap(gap: Omit<GapFrame, 'type'>, nowMs: number): void {
      const frame: GapFrame = { type: 'gap', ...gap };
      push({ kind: 'gap', seq: headSeq, frame, bytes: Buffer.byteLength(JSON.stringify(frame)) }, nowMs);
    },

    /** Lets go of what is older than the window. Appending does it too; this is for quiet times. */
    trim,

    /** `undefined`: let go already, or not yet written. */
    at: (position: number): StreamEntry | undefined =>
      position >= first && position < next ? slotAt(position)?.entry : undefined,

    /**
     * Where a reader goes on who has seen everything up to `seq`; gaps right after `seq` are told (again), those of
     * `lostGapsAfter` first.
     * `undefined`: not recoverable, because the epoch is another, `seq` is ahead, or an event after it is gone.
     */
    positionAfter(ofEpoch: string, seq: number, nowMs: number): number | undefined {
      trim(nowMs);
      if (ofEpoch !== epoch || seq > headSeq || seq < lostSeq) return undefined;
      let low = first;
      let high = next;
      while (low < high) {
        const middle = Math.floor((low + high) / 2);
        const slot = slotAt(middle);
        if (slot !== undefined && order(slot.entry) > eventOrder(seq)) high = middle;
        else low = middle + 1;
      }
      return low;
    },

    /** Gaps right after `seq` that are no longer entries, though every event after it is. */
    lostGapsAfter: (seq: number): readonly GapFrame[] => (seq === lostSeq ? lostGaps : []),

    /** Bytes of JSON from `position` to the end. */
    bytesFrom(position: number): number {
      const slot = position < next ? slotAt(Math.max(position, first)) : undefined;
      return slot === undefined ? 0 : bytesEver - slot.bytesBefore;
    },
  };
}

function withGap(gaps: readonly GapFrame[], gap: GapFrame): GapFrame[] {
  const [first, second, ...rest] = gaps;
  if (first === undefined || second === undefined || gaps.length < MAX_LOST_GAPS) return [...gaps, gap];
  return [{ ...first, to: second.to }, ...rest, gap];
}

/** Events and gaps in one order: a gap comes right after the event it follows. */
function order(entry: StreamEntry): number {
  return eventOrder(entry.seq) + (entry.kind === 'gap' ? 1 : 0);
}

function eventOrder(seq: number): number {
  return seq * 2;
}
