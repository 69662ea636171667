/** The entries of a log in memory, as far back as its window reaches. */
import type { Clock } from '../clock.ts';
import type { Limits } from '../limits.ts';
import type { LogEntry, LogWindow } from './bus.ts';

type Slot = { entry: LogEntry; atMs: number; bytes: number };
export type HeldEntries = ReturnType<typeof createHeldEntries>;

/**
 * Entries by number, from 1. Appending costs the same however much is held.
 * The newest entry is always held when it comes, even if it alone exceeds `bytes`.
 */
export function createHeldEntries(window: LogWindow, clock: Clock, limits: Pick<Limits, 'trimMs'>) {
  const slots = new Array<Slot | undefined>(window.events);
  let lostSeq = 0;
  let head = 0;
  let bytesHeld = 0;
  let stopTrimming: (() => void) | undefined;

  const slotAt = (seq: number) => slots[seq % window.events];

  function letGoOldest(): void {
    lostSeq += 1;
    bytesHeld -= slotAt(lostSeq)?.bytes ?? 0;
    slots[lostSeq % window.events] = undefined;
  }

  function trim(): void {
    const nowMs = clock.now();
    for (let oldest = slotAt(lostSeq + 1); oldest !== undefined; oldest = slotAt(lostSeq + 1)) {
      if (nowMs - oldest.atMs <= window.ms) return;
      letGoOldest();
    }
  }

  /** While anything is held, so that nothing outlives the window in quiet times. */
  function trimLater(): void {
    stopTrimming ??= clock.after(limits.trimMs, () => {
      stopTrimming = undefined;
      trim();
      if (lostSeq < head) trimLater();
    });
  }

  return {
    head: () => head,
    /** Everything after it is held. */
    lostSeq: () => lostSeq,
    at: (seq: number): LogEntry | undefined =>
      seq > lostSeq && seq <= head ? slotAt(seq)?.entry : undefined,
    push(entry: LogEntry): void {
      const bytes = Buffer.byteLength(entry.kind === 'event' ? entry.json : JSON.stringify(entry.gap));
      trim();
      while (lostSeq < head && (head - lostSeq >= window.events || bytesHeld + bytes > window.bytes))
        letGoOldest();
      head += 1;
      slots[head % window.events] = { entry, atMs: clock.now(), bytes };
      bytesHeld += bytes;
      trimLater();
    },
    trim,
    stop(): void {
      stopTrimming?.();
    },
  };
}
