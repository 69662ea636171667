/**
 * Which lines of a call are in the page already: at first those in view, then, while the browser is idle, all others
 * (`mount-rest.ts`). Until then a chunk is an empty box, and a group without any mounted chunk is one box.
 */
import { useLayoutEffect, useState } from 'preact/hooks';
import { type CallModel, chunkNumber } from './call-model.ts';
import { groupNumber } from './chunk-groups.ts';

export type Mounting = {
  isMounted(chunk: number): boolean;
  /** Whether the chunks of a group are in the page, as boxes at least. */
  isOpen(group: number): boolean;
  /** They are in the page when it returns. */
  mount(chunks: readonly number[]): void;
  open(groups: readonly number[]): void;
  /** Calls back when the chunk is to be mounted, or the group opened; returns the undoing. */
  onMount(chunk: number, listener: () => void): () => void;
  onOpen(group: number, listener: () => void): () => void;
};

/** The newest chunk may have a single line. */
const NEWEST_CHUNKS = 2;

/** `anchor` is the entry at which the call is read, where that is not its newest; `paintNow` paints what `change` asks for. */
export function createMounting(
  call: CallModel,
  anchor: number | undefined,
  paintNow: (change: () => void) => void,
): Mounting {
  const newest = chunkNumber(call.summary.peek().entryCount - 1);
  /** What is said from now on is mounted as it comes. */
  const mountedFrom = anchor === undefined ? newest + 1 - NEWEST_CHUNKS : newest + 1;
  const first = anchor === undefined ? [] : [-1, 0, 1].map((step) => chunkNumber(anchor) + step);
  const mounted = new Set(first);
  const opened = new Set(first.map(groupNumber));
  const mounts = new Map<number, () => void>();
  const openings = new Map<number, () => void>();

  const isMounted = (chunk: number) => chunk >= mountedFrom || mounted.has(chunk);
  const isOpen = (group: number) => group >= groupNumber(mountedFrom) || opened.has(group);

  function mount(chunks: readonly number[], groups: readonly number[]): void {
    const missing = chunks.filter((chunk) => !isMounted(chunk));
    const closed = [...new Set(groups)].filter((group) => !isOpen(group));
    if (missing.length === 0 && closed.length === 0) return;
    for (const chunk of missing) mounted.add(chunk);
    for (const group of closed) opened.add(group);
    paintNow(() => {
      tell(openings, closed);
      tell(mounts, missing);
    });
  }

  return {
    isMounted,
    isOpen,
    mount: (chunks) => mount(chunks, chunks.map(groupNumber)),
    open: (groups) => mount([], groups),
    onMount: (chunk, listener) => listen(mounts, chunk, listener),
    onOpen: (group, listener) => listen(openings, group, listener),
  };
}

function tell(listeners: ReadonlyMap<number, () => void>, numbers: readonly number[]): void {
  for (const number of numbers) listeners.get(number)?.();
}

function listen(listeners: Map<number, () => void>, number: number, listener: () => void): () => void {
  listeners.set(number, listener);
  return () => {
    if (listeners.get(number) === listener) listeners.delete(number);
  };
}

/** For the component of a chunk: whether its lines are to be in the page. */
export function useMounted(mounting: Mounting, chunk: number): boolean {
  const paint = usePainting();
  useLayoutEffect(() => mounting.onMount(chunk, paint), [mounting, chunk]);
  return mounting.isMounted(chunk);
}

/** For the component of a group: whether its chunks are to be in the page. */
export function useOpen(mounting: Mounting, group: number): boolean {
  const paint = usePainting();
  useLayoutEffect(() => mounting.onOpen(group, paint), [mounting, group]);
  return mounting.isOpen(group);
}

function usePainting(): () => void {
  const [, setCount] = useState(0);
  return () => setCount((count) => count + 1);
}
