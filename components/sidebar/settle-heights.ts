/**
 * Learns the true height of every chunk that was never painted, newest first and only while the browser is idle, so
 * that nothing shifts when the reader scrolls there. One chunk at a time is laid out; what is in view is not touched.
 */
import { idleSlice } from './idle-slice.ts';
import { chunksOf, createSettledGroups, isSettledGroup, settlingGroups } from './settled-groups.ts';

const HEIGHT = 'contain-intrinsic-block-size';
/** A reader who resizes or a snapshot that arrives is done first. */
const AFTER_MS = 300;
/** An idle slice must have room for laying out a chunk. */
const NEEDED_MS = 4;
/** A browser that paints nothing may offer no idle moment for long. */
const IDLE_WITHIN_MS = 1_000;

/** How high a chunk is, at which width of the list and while its style says what. */
type Measure = { heightPx: number; width: number; style: string };

/** Goes on until undone: for chunks that are added or filled, and for all of them when the width has changed. */
export function settleHeights(content: HTMLElement): () => void {
  /** Of the chunks whose height is known, and written down. */
  const known = new WeakMap<Element, Measure>();
  /** As a chunk was painted at last. */
  const seen = new WeakMap<Element, Measure>();
  /** Mounted, and perhaps not known. */
  const unsettled = new Set<HTMLElement>();
  let width = content.clientWidth;
  let idle = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const isKnown = (chunk: HTMLElement) => holds(known.get(chunk), chunk);
  const measured = (chunk: HTMLElement, heightPx: number): Measure => ({
    heightPx,
    width,
    style: styleOf(chunk),
  });

  function holds(last: Measure | undefined, chunk: HTMLElement): last is Measure {
    return last?.width === width && last.style === styleOf(chunk);
  }

  function learn(chunk: HTMLElement): void {
    const last = seen.get(chunk);
    const heightPx = holds(last, chunk) ? last.heightPx : layOut(chunk);
    chunk.style.setProperty(HEIGHT, `${heightPx}px`);
    known.set(chunk, measured(chunk, heightPx));
  }

  function isSettled(chunk: HTMLElement): boolean {
    return !chunk.isConnected || chunk.dataset['waiting'] !== undefined || isKnown(chunk) || isPainted(chunk);
  }

  /** Once all its chunks are known; one that waits for its lines never is. In view it would vanish for a frame. */
  function canSettle(group: HTMLElement): boolean {
    const chunks = chunksOf(group);
    return !isSettledGroup(group) && chunks.length > 0 && chunks.every(isKnown) && !chunks.some(isPainted);
  }

  function heightOf(chunks: readonly HTMLElement[]): number {
    return chunks.reduce((sum, chunk) => sum + (known.get(chunk)?.heightPx ?? 0), 0);
  }

  function work(deadline: IdleDeadline): void {
    const hasRoom = idleSlice(deadline, NEEDED_MS);
    let mayGoOn = deadline.didTimeout;
    for (const chunk of [...unsettled].sort(newestFirst)) {
      if (!isSettled(chunk)) {
        if (!mayGoOn && !hasRoom()) return askForIdle();
        mayGoOn = false;
        learn(chunk);
      }
      const group = settlingGroups(chunk).find(canSettle);
      if (group !== undefined) {
        groups.settle(group, heightOf(chunksOf(group)));
        // The browser makes its boxes anew with the next frame: one group after another, or the frame is late.
        return askForIdle();
      }
      unsettled.delete(chunk);
    }
  }

  /** A group that comes into view is as high as it was, unless its text has another size now. */
  function lookAt(group: HTMLElement): void {
    const chunks = chunksOf(group).filter(isPainted);
    if (chunks.every((chunk) => known.get(chunk)?.heightPx === chunk.getBoundingClientRect().height)) return;
    for (const chunk of chunks) known.delete(chunk);
    unsettle(chunks);
  }

  function askForIdle(): void {
    timer = undefined;
    cancelIdleCallback(idle);
    idle = requestIdleCallback(work, { timeout: IDLE_WITHIN_MS });
  }

  function later(): void {
    clearTimeout(timer);
    timer = setTimeout(askForIdle, AFTER_MS);
  }

  function unsettle(chunks: Iterable<HTMLElement>): void {
    const before = unsettled.size;
    for (const chunk of chunks) {
      if (isSettled(chunk)) continue;
      unsettled.add(chunk);
      if (chunk.parentElement !== null) groups.loosen(chunk.parentElement);
    }
    if (unsettled.size > before) later();
  }

  // What is painted tells its height by itself. It is written down when it leaves the view, for a line that comes must
  // not be laid out twice.
  const resized = new ResizeObserver((entries) => {
    if (content.clientWidth !== width) {
      width = content.clientWidth;
      unsettle(chunksIn(content));
    }
    for (const { target } of entries) {
      if (!(target instanceof HTMLElement)) continue;
      if (isSettledGroup(target)) lookAt(target);
      else if (isPainted(target)) seen.set(target, measured(target, target.getBoundingClientRect().height));
    }
  });
  const groups = createSettledGroups(resized);
  const changed = new MutationObserver((records) => {
    const chunks = records.flatMap(changedChunks);
    for (const chunk of chunks) resized.observe(chunk);
    unsettle(chunks);
    // The oldest lines are let go, and their chunks with them.
    for (const { target, removedNodes } of records) {
      if (removedNodes.length > 0 && target instanceof HTMLElement && isSettledGroup(target))
        groups.settle(target, heightOf(chunksOf(target)));
    }
  });
  function leaveView(event: Event): void {
    if (!(event instanceof ContentVisibilityAutoStateChangeEvent) || !event.skipped) return;
    if (!(event.target instanceof HTMLElement) || !event.target.matches('.chunk')) return;
    if (!isKnown(event.target)) learn(event.target);
    unsettled.add(event.target);
    // In a flood one follows the other, and each would put it off.
    if (timer === undefined) later();
  }

  content.addEventListener('contentvisibilityautostatechange', leaveView);
  for (const chunk of chunksIn(content)) resized.observe(chunk);
  // A chunk that was filled while out of view has another estimate in its style.
  changed.observe(content, { childList: true, subtree: true, attributeFilter: ['style', 'data-waiting'] });
  unsettle(chunksIn(content));
  return () => {
    clearTimeout(timer);
    cancelIdleCallback(idle);
    content.removeEventListener('contentvisibilityautostatechange', leaveView);
    resized.disconnect();
    changed.disconnect();
  };
}

function isPainted(chunk: HTMLElement): boolean {
  return chunk.firstElementChild?.checkVisibility({ contentVisibilityAuto: true }) === true;
}

function styleOf(chunk: HTMLElement): string {
  return chunk.style.getPropertyValue(HEIGHT);
}

function layOut(chunk: HTMLElement): number {
  chunk.style.contentVisibility = 'visible';
  const { height } = chunk.getBoundingClientRect();
  chunk.style.contentVisibility = '';
  return height;
}

function chunksIn(element: Element): HTMLElement[] {
  return [...element.querySelectorAll<HTMLElement>('.chunk')];
}

/** Chunks that were added, mounted or filled; a line that was added to one is none. */
function changedChunks({ type, target, addedNodes }: MutationRecord): HTMLElement[] {
  if (!(target instanceof HTMLElement)) return [];
  if (type === 'attributes') return target.matches('.chunk') ? [target] : [];
  if (target.closest('.chunk') !== null) return [];
  const added = [...addedNodes].filter((node) => node instanceof HTMLElement);
  return added.flatMap((node) => (node.matches('.chunk') ? [node] : chunksIn(node)));
}

function newestFirst(one: HTMLElement, other: HTMLElement): number {
  return Number(other.dataset['chunk']) - Number(one.dataset['chunk']);
}
