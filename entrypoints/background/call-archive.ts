/**
 * The calls in the session storage, so that they outlive the worker. Entries lie in chunks of fifty, so that a line
 * costs one small write, and each as one string, so that its size is what the browser counts; heads, chunks and the resume point that covers them go in one write, which the browser takes
 * whole or not at all: a worker that dies at any moment resumes exactly after the last line it had kept.
 */
import * as v from 'valibot';
import type { Checkpoint } from '../../utils/connection/machine-types.ts';
import type { Area } from '../../utils/storage/area.ts';
import { callHead, entrySchema } from '../../utils/transcript/call.ts';
import type { BookChange, KeptCall } from '../../utils/transcript/call-book.ts';

export type Archived = { calls: KeptCall[]; checkpoint: Checkpoint | undefined };

export type CallArchive = {
  /** What was kept; what cannot be read is left out. */
  load(): Promise<Archived>;
  /** Notes what must be written; `flush` writes it. */
  note(change: BookChange): void;
  noteCheckpoint(checkpoint: Checkpoint): void;
  /** Writes what was noted; `false` where the browser had no room for it, and then it stays noted. */
  flush(calls: ReadonlyMap<string, KeptCall>): Promise<boolean>;
  /** Bytes kept, about. */
  size(): number;
};

const ENTRIES_A_CHUNK = 50;
const CHECKPOINT_KEY = 'checkpoint';
const CALL_PREFIX = 'call ';

const json = v.pipe(v.string(), v.parseJson());
const kept = v.pipe(json, v.object({ head: callHead, firstIndex: v.number() }));
const chunk = v.pipe(json, v.array(entrySchema));
const storedCheckpoint = v.pipe(
  json,
  v.object({
    resume: v.object({
      epoch: v.string(),
      seq: v.number(),
      seen: v.array(v.tuple([v.number(), v.number()])),
    }),
    currentAtMs: v.number(),
  }),
);

type Dirty = { heads: Set<string>; chunks: Set<string>; gone: Set<string> };

export function createCallArchive(area: Area): CallArchive {
  /** Bytes by key, of every call in the area. */
  const sizes = new Map<string, number>();
  let total = 0;
  let dirty = nothing();
  let checkpoint: Checkpoint | undefined;
  /** By call: the chunks that are stored, from this number on. */
  const firstChunks = new Map<string, number>();

  function setSize(key: string, size: number): void {
    total += size - (sizes.get(key) ?? 0);
    if (size === 0) sizes.delete(key);
    else sizes.set(key, size);
  }

  function valuesOf({ heads, chunks }: Dirty, calls: ReadonlyMap<string, KeptCall>): Record<string, string> {
    const values: Record<string, string> = {};
    for (const id of heads) {
      const call = calls.get(id);
      if (call !== undefined)
        values[headKey(id)] = JSON.stringify({ head: call.head, firstIndex: call.firstIndex });
    }
    for (const key of chunks) {
      const { id, number } = readChunkKey(key);
      const call = calls.get(id);
      if (call === undefined || number < chunkNumber(call.firstIndex)) continue;
      values[key] = JSON.stringify(entriesOf(call, number));
    }
    if (checkpoint !== undefined) values[CHECKPOINT_KEY] = JSON.stringify(checkpoint);
    return values;
  }

  return {
    async load() {
      const stored = await area.read();
      const calls: KeptCall[] = [];
      for (const [key, value] of Object.entries(stored)) {
        if (key.startsWith(CALL_PREFIX)) setSize(key, sizeOf(value));
        if (!isHeadKey(key)) continue;
        const call = readCall(value, stored);
        if (call === undefined) continue;
        calls.push(call);
        firstChunks.set(call.head.id, chunkNumber(call.firstIndex));
      }
      // What belongs to no call that could be read would take room for good.
      for (const key of sizes.keys()) {
        if (!firstChunks.has(readChunkKey(key).id)) dirty.gone.add(key);
      }
      const read = v.safeParse(storedCheckpoint, stored[CHECKPOINT_KEY]);
      checkpoint = read.success ? read.output : undefined;
      return { calls, checkpoint };
    },
    note(change) {
      switch (change.kind) {
        case 'call': {
          const { id } = change.head;
          dirty.heads.add(id);
          for (const { index } of change.entries) {
            if (index >= change.firstIndex) dirty.chunks.add(chunkKey(id, chunkNumber(index)));
          }
          const first = chunkNumber(change.firstIndex);
          for (let number = firstChunks.get(id) ?? first; number < first; number += 1) {
            dirty.gone.add(chunkKey(id, number));
          }
          if ((firstChunks.get(id) ?? 0) !== first) dirty.chunks.add(chunkKey(id, first));
          firstChunks.set(id, first);
          return;
        }
        case 'forgotten':
          firstChunks.delete(change.callId);
          for (const key of sizes.keys()) {
            if (key === headKey(change.callId) || key.startsWith(`${headKey(change.callId)} `))
              dirty.gone.add(key);
          }
          return;
        case 'unread':
          return;
      }
    },
    noteCheckpoint(next) {
      checkpoint = next;
    },
    async flush(calls) {
      const writing = dirty;
      dirty = nothing();
      const values = valuesOf(writing, calls);
      const gone = [...writing.gone].filter((key) => !(key in values));
      for (const [key, value] of Object.entries(values)) {
        if (key !== CHECKPOINT_KEY) setSize(key, sizeOf(value));
      }
      try {
        await writeThenRemove(area, values, gone);
      } catch {
        // No room: everything stays noted, and the stored resume point still belongs to the stored lines.
        dirty = join(writing, dirty);
        return false;
      }
      for (const key of gone) setSize(key, 0);
      return true;
    },
    size: () => total,
  };
}

/** What goes is removed last, so that a worker that dies in between has lost nothing; first only to make room. */
async function writeThenRemove(area: Area, values: Record<string, string>, gone: string[]): Promise<void> {
  if (Object.keys(values).length > 0) {
    await area.write(values).catch(async (noRoom: unknown) => {
      if (gone.length === 0) throw noRoom;
      await area.remove(gone);
      await area.write(values);
    });
  }
  if (gone.length > 0) await area.remove(gone);
}

function nothing(): Dirty {
  return { heads: new Set(), chunks: new Set(), gone: new Set() };
}

function join(one: Dirty, other: Dirty): Dirty {
  return {
    heads: one.heads.union(other.heads),
    chunks: one.chunks.union(other.chunks),
    gone: one.gone.union(other.gone),
  };
}

/** Where a chunk is missing, what comes before it is let go: a call is kept without holes or not at all. */
function readCall(value: unknown, stored: Record<string, unknown>): KeptCall | undefined {
  const read = v.safeParse(kept, value);
  if (!read.success) return undefined;
  const { head } = read.output;
  let { firstIndex } = read.output;
  let entries: KeptCall['entries'] = [];
  for (let number = chunkNumber(firstIndex); number * ENTRIES_A_CHUNK < head.entryCount; number += 1) {
    const part = v.safeParse(chunk, stored[chunkKey(head.id, number)]);
    if (part.success) {
      entries.push(...part.output.filter(({ index }) => index >= firstIndex && index < head.entryCount));
    } else {
      entries = [];
      firstIndex = Math.min((number + 1) * ENTRIES_A_CHUNK, head.entryCount);
    }
  }
  return { head, entries, firstIndex };
}

function entriesOf({ entries, firstIndex }: KeptCall, number: number): KeptCall['entries'] {
  const from = number * ENTRIES_A_CHUNK - firstIndex;
  return entries.slice(Math.max(0, from), Math.max(0, from + ENTRIES_A_CHUNK));
}

function chunkNumber(index: number): number {
  return Math.floor(index / ENTRIES_A_CHUNK);
}

/** A call's id may hold anything, so it is encoded: a space parts it from the chunk's number. */
function headKey(id: string): string {
  return CALL_PREFIX + encodeURIComponent(id);
}

function chunkKey(id: string, number: number): string {
  return `${headKey(id)} ${number}`;
}

function isHeadKey(key: string): boolean {
  return key.startsWith(CALL_PREFIX) && !key.slice(CALL_PREFIX.length).includes(' ');
}

function readChunkKey(key: string): { id: string; number: number } {
  const [id = '', number = ''] = key.slice(CALL_PREFIX.length).split(' ');
  return { id: decodeURIComponent(id), number: Number(number) };
}

function sizeOf(value: unknown): number {
  return typeof value === 'string' ? new TextEncoder().encode(value).length : 0;
}
