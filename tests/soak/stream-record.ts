/** What the relay has numbered, as one reader who sees everything was told it: the measure of all others. */
import type { CallsAllowed } from '../../relay/stream/rules.ts';
import { isAllowed, readSoakEvent } from './soak-call.ts';

type Recorded = { call: number; isFinal: boolean };

export function createStreamRecord(numberOf: (call: number) => string) {
  /** By sequence number; a hole is one that was never told. */
  const events: (Recorded | undefined)[] = [];
  /** Calls of which some event in the stream says whose they are. */
  const announced = new Set<number>();
  let head = 0;

  return {
    head: () => head,
    add(seq: number, data: unknown): void {
      const event = readSoakEvent(data);
      events[seq] = { call: event?.call ?? -1, isFinal: event?.isFinal ?? true };
      if (event?.number !== undefined) announced.add(event.call);
      head = Math.max(head, seq);
    },
    /**
     * Whether somebody who sees `calls` must have been sent this event. Interims may be left out for a reader who is
     * behind; noise belongs to no call.
     */
    isDue(seq: number, calls: CallsAllowed): boolean {
      const event = events[seq];
      if (event === undefined || !event.isFinal) return false;
      if (calls === 'all') return true;
      return event.call >= 0 && announced.has(event.call) && isAllowed(calls, numberOf(event.call));
    },
    /** Numbers between `from` and the newest that the reference itself was never told. */
    holes(from: number): number {
      let count = 0;
      for (let seq = from; seq <= head; seq += 1) if (events[seq] === undefined) count += 1;
      return count;
    },
  };
}
export type StreamRecord = ReturnType<typeof createStreamRecord>;
