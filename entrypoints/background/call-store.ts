/**
 * The calls and the states, as every sidebar sees them: a snapshot for a new one, then each change in order. What is
 * taken is written to the archive together with the resume point that covers it, in batches.
 */
import type { Checkpoint } from '../../utils/connection/machine-types.ts';
import type { PlatformState, RelayState } from '../../utils/connection/state.ts';
import type { CallChange, Place, Status, ToSidebar } from '../../utils/messaging/sidebar-port.ts';
import type { SequencedEvent } from '../../utils/protocol/frames.ts';
import { type Gap, summarise } from '../../utils/transcript/call.ts';
import { type BookChange, createCallBook, type KeptCall } from '../../utils/transcript/call-book.ts';
import type { UnreadReason } from '../../utils/transcript/event.ts';
import type { EventLog, LoggedEvent, Reading } from '../../utils/transcript/event-log.ts';
import type { FieldMap } from '../../utils/transcript/field-map.ts';
import { createBatch } from './batch.ts';
import type { CallArchive } from './call-archive.ts';
import { inPages } from './call-pages.ts';
import { createCallSnapshot } from './call-snapshot.ts';
import { type Clock, createCoalescer } from './coalescer.ts';
import { createPendingChanges } from './pending-changes.ts';
import type { StorageBudget } from './storage-budget.ts';

export type CallStore = {
  /** Resolves once the calls of an earlier life of the worker are there, with how far it had come. */
  ready: Promise<Checkpoint | undefined>;
  takeEvents(events: readonly SequencedEvent[]): void;
  takeGap(gap: Gap): void;
  /** From now on events are read by it; those in the log that gave no line are read again at once. */
  setFieldMap(map: FieldMap | undefined): void;
  /** What was taken so far is all there is up to this point of the relay's stream. */
  setCheckpoint(checkpoint: Checkpoint): void;
  setRelay(relay: RelayState): void;
  setPlatform(platform: PlatformState): void;
  status(): Status;
  /** Calls back when the status has changed; returns the undoing. */
  onStatus(listener: (status: Status) => void): () => void;
  calls(): ReadonlyMap<string, KeptCall>;
  /** Events taken and those not understood, by reason, since this store was made. */
  counts(): { events: number; unread: Partial<Record<UnreadReason, number>> };
  /** Lets go of these calls, and of events up to a time, ms since 1970; not to make room. Resolves once the storage has. */
  forget(callIds: readonly string[], eventsUpToMs: number): Promise<void>;
  /** Its storage is no longer bounded with that of the others: it is about to go. */
  leaveBudget(): void;
  /** Hands over everything there is, then every change; returns the undoing. */
  subscribe(listener: (message: ToSidebar) => void): () => void;
  /** For a sidebar, which reads at `place`: hands over what it shows at first, then every change, and the rest for the asking. */
  open(listener: (message: ToSidebar) => void, place: Place): Subscription;
};

export type Subscription = {
  /** Hands over one page more of what was there, if there is one. */
  more(place: Place): void;
  close(): void;
};

/** Two lines spoken within this time are one write. */
const WRITE_EVERY_MS = 200;
const WRITE_AGAIN_MS = 2_000;

/** `budget` bounds what all stores keep together. */
export function createCallStore(
  clock: Clock,
  archive: CallArchive,
  log: EventLog,
  budget: StorageBudget,
): CallStore {
  const book = createCallBook();
  const listeners = new Set<(message: ToSidebar) => void>();
  const statusListeners = new Set<(status: Status) => void>();
  let fieldMap: FieldMap | undefined;
  let eventCount = 0;
  let relay: RelayState = { name: 'off', sinceMs: clock.nowMs() };
  let platform: PlatformState = { name: 'unknown', sinceMs: clock.nowMs() };
  let lastGap: Gap | undefined;
  let forgottenCount = 0;

  const pending = createPendingChanges();
  let statusChanged = false;
  const flushSoon = createCoalescer(clock, flush);
  const writeSoon = createBatch(clock.setTimer, WRITE_EVERY_MS, write);

  const leaveBudget = budget.join({ size: archive.size, shrink: () => makeRoom(book.shrink()) });

  /** What goes to make room is counted: nobody asked for it. */
  function makeRoom(changes: readonly BookChange[]): void {
    const gone = changes.filter(({ kind }) => kind === 'forgotten').length;
    forgottenCount += gone;
    statusChanged ||= gone > 0;
    note(changes);
  }

  function note(changes: readonly BookChange[]): void {
    for (const change of changes) {
      if (change.kind === 'unread') statusChanged = true;
      else pending.note(change);
      archive.note(change);
    }
    if (changes.length === 0) return;
    flushSoon();
    writeSoon();
  }

  /** What cannot be written for want of room stays in memory, and at the relay, until there is room again. */
  async function write(): Promise<void> {
    const written = await archive.flush(book.calls());
    budget.makeRoom();
    if (!written) clock.setTimer(writeSoon, WRITE_AGAIN_MS);
  }

  function flush(): void {
    const messages: ToSidebar[] = [];
    if (statusChanged) {
      messages.push({ type: 'status', status: status() });
      for (const listener of statusListeners) listener(status());
    }
    const { calls, forgotten } = pending.take();
    messages.push(...inPages(calls, forgotten));
    statusChanged = false;
    for (const message of messages) {
      for (const listener of listeners) listener(message);
    }
  }

  function status(): Status {
    const { count, lastReason } = book.unread();
    return { relay, platform, unread: { count, lastReason }, lastGap, forgottenCount };
  }

  function announceStatus(): void {
    statusChanged = true;
    flushSoon();
  }

  function read({ data, atMs }: LoggedEvent): { changes: BookChange[]; reading: Reading } {
    const changes = book.takeEvent(data, atMs, fieldMap);
    const gaveLine = changes.some(
      (change) => change.kind === 'call' && change.entries.some(({ kind }) => kind === 'line'),
    );
    const unread = changes.flatMap((change) => (change.kind === 'unread' ? [change.reason] : []));
    return { changes, reading: { gaveLine, unread } };
  }

  async function load(): Promise<Checkpoint | undefined> {
    // A storage that cannot be read is as good as empty: what the relay still holds comes again.
    const { calls, checkpoint } = await archive.load().catch(() => ({ calls: [], checkpoint: undefined }));
    for (const call of calls) book.restore(call);
    return checkpoint;
  }

  return {
    leaveBudget,
    ready: load(),
    setCheckpoint(checkpoint) {
      archive.noteCheckpoint(checkpoint);
      writeSoon();
    },
    takeEvents(events) {
      eventCount += events.length;
      makeRoom(
        events.flatMap(({ seq, data, at }) => {
          const event = { seq, atMs: at, data };
          const { changes, reading } = read(event);
          log.add(event, reading);
          return changes;
        }),
      );
    },
    setFieldMap(next) {
      if (JSON.stringify(next) === JSON.stringify(fieldMap)) return;
      fieldMap = next;
      log.readAgain((event, before) => {
        book.uncount(before.unread);
        const { changes, reading } = read(event);
        makeRoom(changes);
        return reading;
      });
      announceStatus();
    },
    takeGap(gap) {
      lastGap = gap;
      note(book.takeGap(gap));
      announceStatus();
    },
    setRelay(next) {
      relay = next;
      announceStatus();
    },
    setPlatform(next) {
      platform = next;
      announceStatus();
    },
    status,
    onStatus(listener) {
      statusListeners.add(listener);
      return () => statusListeners.delete(listener);
    },
    calls: book.calls,
    counts: () => ({ events: eventCount, unread: book.unread().byReason }),
    async forget(callIds, eventsUpToMs) {
      log.forgetUpTo(eventsUpToMs);
      const changes = book.forget(callIds);
      if (changes.length === 0) return;
      note(changes);
      flush();
      await archive.flush(book.calls());
    },
    subscribe(listener) {
      flush();
      listener({ type: 'reset', status: status() });
      const calls = [...book.calls().values()].map(
        ({ head, entries, firstIndex }): CallChange => ({ call: summarise(head), firstIndex, entries }),
      );
      for (const message of inPages(calls, [])) listener(message);
      listener({ type: 'complete' });
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    open(listener, place) {
      flush();
      const snapshot = createCallSnapshot(book.calls());
      listener({ type: 'reset', status: status() });
      for (const message of inPages(snapshot.first(place), [])) listener(message);
      listener({ type: 'complete' });
      listeners.add(listener);
      return {
        more(next) {
          const change = snapshot.next(next);
          if (change !== undefined) listener({ type: 'older', change });
        },
        close: () => listeners.delete(listener),
      };
    },
  };
}
