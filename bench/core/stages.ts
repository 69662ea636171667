/**
 * How far an event is taken: read (frame → event), reduced (→ call), kept (→ storage), by the code of the extension;
 * and a floor, which no client can be under: the frame's JSON is parsed and held.
 */
import { createCallArchive } from '../../entrypoints/background/call-archive.ts';
import { createCallStore } from '../../entrypoints/background/call-store.ts';
import { createStorageBudget } from '../../entrypoints/background/storage-budget.ts';
import { createHandClock } from '../../tests/unit/background/hand-clock.ts';
import { decodeRelayFrame } from '../../utils/protocol/codec.ts';
import type { SequencedEvent } from '../../utils/protocol/frames.ts';
import type { Area } from '../../utils/storage/area.ts';
import { createCallBook } from '../../utils/transcript/call-book.ts';
import type { TranscriptEvent } from '../../utils/transcript/event.ts';
import { createEventLog } from '../../utils/transcript/event-log.ts';
import { parseEvents } from '../../utils/transcript/parse-event.ts';
import type { Contender } from './turns.ts';

/** As the background's. */
const BUDGET_BYTES = 8_000_000;
/** What the store waits before it writes. */
const WRITE_EVERY_MS = 200;

export function floor(frames: readonly string[]): Contender {
  return {
    units: frames.length,
    begin: async () => {
      const held: unknown[] = [];
      return () => {
        for (const frame of frames) held.push(JSON.parse(frame));
      };
    },
  };
}

export function reading(frames: readonly string[]): Contender {
  return {
    units: frames.length,
    begin: async () => {
      const held: TranscriptEvent[] = [];
      return () => {
        for (const { data } of eventsOf(frames)) held.push(...parseEvents(data));
      };
    },
  };
}

/** `before` has been taken already when the measured time begins. */
export function reducing(frames: readonly string[], before: readonly string[] = []): Contender {
  return {
    units: frames.length,
    begin: async () => {
      const book = createCallBook();
      const take = (some: readonly string[]) => {
        for (const { data, at } of eventsOf(some)) book.takeEvent(data, at);
      };
      take(before);
      return () => take(frames);
    },
  };
}

/** At so many events a second, which decides how many share a write. */
export function keeping(
  frames: readonly string[],
  eventsPerSecond: number,
  before: readonly string[] = [],
): Contender {
  return {
    units: frames.length,
    begin: async () => {
      const clock = createHandClock();
      const store = createCallStore(
        clock,
        createCallArchive(createStringArea()),
        createEventLog(),
        createStorageBudget(BUDGET_BYTES),
      );
      await store.ready;
      const take = async (some: readonly string[]) => {
        const together = (eventsPerSecond * WRITE_EVERY_MS) / 1_000;
        for (let from = 0; from < some.length; from += together) {
          for (const event of eventsOf(some.slice(from, from + together))) {
            store.takeEvents([event]);
            store.setCheckpoint({
              resume: { epoch: 'bench', seq: event.seq, seen: [[1, event.seq]] },
              currentAtMs: event.at,
            });
          }
          await clock.elapse(WRITE_EVERY_MS);
        }
      };
      await take(before);
      return () => take(frames);
    },
  };
}

export function* eventsOf(frames: readonly string[]): Generator<SequencedEvent> {
  for (const text of frames) {
    const decoded = decodeRelayFrame(text);
    if (!decoded.ok || decoded.frame.type !== 'events') throw new Error(`no frame of events: ${text}`);
    yield* decoded.frame.events;
  }
}

/** Keeps no history of what was written, unlike the tests' area, and copies nothing: all that is kept are strings. */
function createStringArea(): Area {
  const held = new Map<string, unknown>();
  return {
    read: async () => Object.fromEntries(held),
    async write(values) {
      for (const [key, value] of Object.entries(values)) held.set(key, value);
    },
    async remove(keys) {
      for (const key of keys) held.delete(key);
    },
  };
}
