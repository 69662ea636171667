/**
 * Puts the lines of a call into the page that are not there yet: those that the reader scrolls to at once, all others
 * while the browser is idle, newest first.
 */
import { effect } from '@preact/signals';
import { type CallModel, type Chunk, chunkAt } from './call-model.ts';
import { IDLE_WITHIN_MS, idleSlice } from './idle-slice.ts';
import type { Mounting } from './mounting.ts';

/** An idle slice must have room for painting a chunk. */
const NEEDED_MS = 8;
/** So far beyond the view lines are painted before they are scrolled to. */
const MARGIN_PX = 600;
/** A group that opens shows its chunks, and a chunk that is mounted has another height than its box. */
const MAX_LOOKS = 4;

/** Goes on until everything is in the page, or it is undone. */
export function mountRest(scroller: HTMLElement, call: CallModel, mounting: Mounting): () => void {
  const scrolled = new AbortController();
  let idle = 0;
  let stopWaiting: (() => void) | undefined;
  /** Everything after it is in the page. */
  let reached = call.chunks.peek().at(-1)?.number ?? -1;

  function look(): void {
    for (let looks = 0; looks < MAX_LOOKS; looks += 1) {
      const boxes = boxesInView(scroller);
      if (boxes.length === 0) return;
      mounting.open(numbersOf(boxes, 'group'));
      mounting.mount(numbersOf(boxes, 'chunk'));
    }
  }

  /** The newest chunk that is not in the page. */
  function next(): Chunk | undefined {
    for (; ; reached -= 1) {
      const chunk = chunkAt(call.chunks.peek(), reached);
      if (chunk === undefined || !mounting.isMounted(reached)) return chunk;
    }
  }

  function work(deadline: IdleDeadline): void {
    const hasRoom = idleSlice(deadline, NEEDED_MS);
    let chunk = next();
    do {
      if (chunk === undefined) return scrolled.abort();
      if (chunk.entries.peek().length === 0) return waitFor(chunk);
      mounting.mount([chunk.number]);
      chunk = next();
    } while (hasRoom());
    later();
  }

  function waitFor({ entries }: Chunk): void {
    stopWaiting?.();
    stopWaiting = effect(() => {
      if (entries.value.length > 0) later();
    });
  }

  function later(): void {
    cancelIdleCallback(idle);
    idle = requestIdleCallback(work, { timeout: IDLE_WITHIN_MS });
  }

  scroller.addEventListener('scroll', look, { passive: true, signal: scrolled.signal });
  look();
  later();
  return () => {
    cancelIdleCallback(idle);
    stopWaiting?.();
    scrolled.abort();
  };
}

/** Boxes of what is not mounted that lie in view, or nearly. */
function boxesInView(scroller: HTMLElement): HTMLElement[] {
  const { top, bottom } = scroller.getBoundingClientRect();
  return boxesOf(scroller).filter((box) => {
    const place = box.getBoundingClientRect();
    return place.bottom > top - MARGIN_PX && place.top < bottom + MARGIN_PX;
  });
}

/** Puts what is selected into the page, so that it can be copied. */
export function mountSelected(scroller: HTMLElement, mounting: Mounting): void {
  const selection = scroller.ownerDocument.getSelection();
  if (selection === null || selection.isCollapsed) return;
  const selected = (box: HTMLElement) => selection.containsNode(box, true);
  mounting.open(numbersOf(boxesOf(scroller).filter(selected), 'group'));
  mounting.mount(numbersOf(boxesOf(scroller).filter(selected), 'chunk'));
}

function boxesOf(scroller: HTMLElement): HTMLElement[] {
  return [...scroller.querySelectorAll<HTMLElement>('[data-waiting]')];
}

function numbersOf(boxes: readonly HTMLElement[], kind: 'group' | 'chunk'): number[] {
  return boxes.flatMap(({ dataset }) => {
    const number = dataset[kind];
    return number === undefined ? [] : [Number(number)];
  });
}
