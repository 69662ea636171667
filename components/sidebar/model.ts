/**
 * The sidebar's picture of the calls: signals over what the background sends. Entries sit in chunks of fixed
 * indexes, each with a signal of its own, so that a line costs the same in a call of ten and of twenty thousand.
 */
import { batch, computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { CallChange, Status, ToSidebar } from '../../utils/messaging/sidebar-port.ts';
import type { CallSummary, Entry } from '../../utils/transcript/call.ts';
import { isSameSpeaker } from '../../utils/transcript/turns.ts';

export const ENTRIES_A_CHUNK = 50;

export type Chunk = {
  /** Entries `number · 50` and on. */
  number: number;
  entries: Signal<readonly Entry[]>;
  /** The chunk begins inside a turn, whose label stands in the chunk before. */
  continues: boolean;
};

export type CallModel = {
  summary: Signal<CallSummary>;
  chunks: Signal<readonly Chunk[]>;
  /** Entries before this one are no longer kept. */
  firstIndex: Signal<number>;
};

export type SidebarModel = {
  status: ReadonlySignal<Status | undefined>;
  /** In the order in which they began. */
  calls: ReadonlySignal<readonly CallModel[]>;
  shown: ReadonlySignal<CallModel | undefined>;
  show(callId: string): void;
  /** The extension was updated or removed: nothing will come any more. */
  ended: ReadonlySignal<boolean>;
  end(): void;
  take(message: ToSidebar): void;
};

export function createSidebarModel(): SidebarModel {
  const status = signal<Status>();
  const ended = signal(false);
  const calls = signal<readonly CallModel[]>([]);
  const chosenId = signal<string>();
  /** The ended call that the reader chose to read: it stays until another call begins. */
  let readId: string | undefined;
  /** Calls named since `reset`, until the snapshot is complete. */
  let named: Set<string> | undefined;
  const shown = computed(() => calls.value.find(({ summary }) => summary.value.id === chosenId.value));

  function take(message: ToSidebar): void {
    switch (message.type) {
      case 'reset':
        named = new Set();
        status.value = message.status;
        return;
      case 'status':
        status.value = message.status;
        return;
      case 'changes':
        // First what is forgotten: a call may be let go and begin anew in one message.
        if (message.forgotten.length > 0) forget(message.forgotten);
        for (const change of message.calls) takeChange(change);
        if (named === undefined) chooseIfFree();
        return;
      case 'complete':
        calls.value = calls.value.filter(({ summary }) => named?.has(summary.value.id) ?? true);
        named = undefined;
        chooseIfFree();
    }
  }

  function forget(callIds: readonly string[]): void {
    calls.value = calls.value.filter(({ summary }) => !callIds.includes(summary.value.id));
  }

  function takeChange(change: CallChange): void {
    const { id, startedAtMs, phase } = change.call;
    named?.add(id);
    const sameId = calls.value.find(({ summary }) => summary.value.id === id);
    // A call's beginning never changes: another one under this id is another call.
    const known = sameId?.summary.value.startedAtMs === startedAtMs ? sameId : undefined;
    if (known === undefined) forget([id]);
    if (known === undefined && named === undefined && phase === 'live') readId = undefined;
    const call = known ?? createCall(change.call);
    call.summary.value = change.call;
    if (call.firstIndex.value !== change.firstIndex) dropBefore(call, change.firstIndex);
    putEntries(call, change.entries);
    if (known === undefined) {
      const startedAt = ({ summary }: CallModel) => summary.value.startedAtMs;
      calls.value = [...calls.value, call].sort((one, other) => startedAt(one) - startedAt(other));
    }
  }

  /** What is being read stays: the choice moves on by itself only from an ended call to a live one. */
  function chooseIfFree(): void {
    if (shown.value?.summary.value.phase === 'live') return;
    if (shown.value !== undefined && chosenId.value === readId) return;
    const live = calls.value.findLast(({ summary }) => summary.value.phase === 'live');
    const next = live ?? shown.value ?? calls.value.at(-1);
    chosenId.value = next?.summary.value.id;
  }

  return {
    status,
    calls,
    shown,
    show: (callId) => {
      chosenId.value = callId;
      readId = shown.value?.summary.value.phase === 'ended' ? callId : undefined;
    },
    ended,
    end() {
      ended.value = true;
    },
    take: (message) => batch(() => take(message)),
  };
}

function createCall(summary: CallSummary): CallModel {
  return { summary: signal(summary), chunks: signal([]), firstIndex: signal(0) };
}

/** A gap is always the newest entry: what stood at its place or after it was never kept, and will come again. */
function putEntries(call: CallModel, entries: readonly Entry[]): void {
  for (const { kind, index } of entries) {
    if (kind === 'gap') dropFrom(call, index);
  }
  const byChunk = Map.groupBy(entries, ({ index }) => Math.floor(index / ENTRIES_A_CHUNK));
  for (const [number, changed] of byChunk) putInto(chunkOf(call, number, changed[0]), changed);
}

function chunkOf(call: CallModel, number: number, first: Entry | undefined): Chunk {
  const known = call.chunks.value.findLast((chunk) => chunk.number === number);
  if (known !== undefined) return known;
  const before = call.chunks.value.findLast((chunk) => chunk.number === number - 1)?.entries.value.at(-1);
  const continues = before?.kind === 'line' && first?.kind === 'line' && isSameSpeaker(before, first);
  const chunk = { number, entries: signal<readonly Entry[]>([]), continues };
  call.chunks.value = [...call.chunks.value, chunk].sort((one, other) => one.number - other.number);
  return chunk;
}

function putInto(chunk: Chunk, changed: readonly Entry[]): void {
  const entries = [...chunk.entries.value];
  for (const entry of changed) {
    const at = entries.findLastIndex(({ index }) => index <= entry.index);
    if (entries[at]?.index === entry.index) entries[at] = entry;
    else entries.splice(at + 1, 0, entry);
  }
  chunk.entries.value = entries;
}

function dropFrom(call: CallModel, index: number): void {
  const last = call.chunks.value.at(-1)?.entries.value.at(-1);
  if (last === undefined || last.index < index) return;
  call.chunks.value = call.chunks.value.filter(({ number }) => number * ENTRIES_A_CHUNK < index);
  const chunk = call.chunks.value.at(-1);
  if (chunk !== undefined) chunk.entries.value = chunk.entries.value.filter((entry) => entry.index < index);
}

function dropBefore(call: CallModel, firstIndex: number): void {
  call.firstIndex.value = firstIndex;
  const kept = call.chunks.value.filter(({ number }) => (number + 1) * ENTRIES_A_CHUNK > firstIndex);
  const [first, ...rest] = kept;
  if (first === undefined) {
    call.chunks.value = kept;
    return;
  }
  first.entries.value = first.entries.value.filter(({ index }) => index >= firstIndex);
  // The label it continued under is no longer there.
  call.chunks.value = [{ ...first, continues: false }, ...rest];
}
