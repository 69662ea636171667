/**
 * Learns the true height of every chunk that was never painted, newest first and only while the browser is idle, so
 * that nothing shifts when the reader scrolls there. One chunk at a time is laid out; what is in view is not touched.
 */

const HEIGHT = 'contain-intrinsic-block-size';
/** A reader who resizes or a snapshot that arrives is done first. */
const AFTER_MS = 300;
/** An idle slice must have room for laying out a chunk. */
const NEEDED_MS = 4;
/** The browser offers up to 50 ms; a key that is pressed meanwhile is answered sooner. */
const SLICE_MS = 12;

/** Goes on until undone: for chunks that are added or filled, and for all of them when the width has changed. */
export function settleHeights(content: HTMLElement): () => void {
  /** Of the chunks whose height is known: the height, and the width it is known for. */
  const known = new WeakMap<Element, { height: string; width: number }>();
  /** Mounted, and perhaps not known. */
  const unsettled = new Set<HTMLElement>();
  let width = content.clientWidth;
  let idle = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function isKnown(chunk: HTMLElement): boolean {
    const last = known.get(chunk);
    return last?.width === width && last.height === chunk.style.getPropertyValue(HEIGHT);
  }

  function keep(chunk: HTMLElement, heightPx: number): void {
    chunk.style.setProperty(HEIGHT, `${heightPx}px`);
    known.set(chunk, { height: chunk.style.getPropertyValue(HEIGHT), width });
  }

  function isSettled(chunk: HTMLElement): boolean {
    return !chunk.isConnected || chunk.dataset['waiting'] !== undefined || isKnown(chunk);
  }

  function work(deadline: IdleDeadline): void {
    const enoughMs = Math.max(NEEDED_MS, deadline.timeRemaining() - SLICE_MS);
    for (const chunk of [...unsettled].sort(newestFirst)) {
      if (!isSettled(chunk)) {
        if (deadline.timeRemaining() < enoughMs) {
          idle = requestIdleCallback(work);
          return;
        }
        keep(chunk, layOut(chunk));
      }
      unsettled.delete(chunk);
    }
  }

  function later(): void {
    clearTimeout(timer);
    timer = setTimeout(() => {
      cancelIdleCallback(idle);
      idle = requestIdleCallback(work);
    }, AFTER_MS);
  }

  function unsettle(chunks: Iterable<HTMLElement>): void {
    const before = unsettled.size;
    for (const chunk of chunks) if (!isSettled(chunk)) unsettled.add(chunk);
    if (unsettled.size > before) later();
  }

  // What is painted tells its height by itself, and keeps it when it leaves the view.
  const resized = new ResizeObserver((entries) => {
    if (content.clientWidth !== width) {
      width = content.clientWidth;
      unsettle(chunksIn(content));
    }
    for (const { target } of entries) {
      if (target instanceof HTMLElement && isPainted(target))
        keep(target, target.getBoundingClientRect().height);
    }
  });
  const changed = new MutationObserver((records) => {
    const chunks = records.flatMap(changedChunks);
    for (const chunk of chunks) resized.observe(chunk);
    unsettle(chunks);
  });
  for (const chunk of chunksIn(content)) resized.observe(chunk);
  // A chunk that was filled while out of view has another estimate in its style.
  changed.observe(content, { childList: true, subtree: true, attributeFilter: ['style', 'data-waiting'] });
  unsettle(chunksIn(content));
  return () => {
    clearTimeout(timer);
    cancelIdleCallback(idle);
    resized.disconnect();
    changed.disconnect();
  };
}

function isPainted(chunk: HTMLElement): boolean {
  return chunk.firstElementChild?.checkVisibility({ contentVisibilityAuto: true }) === true;
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
