/** Where in a call the reader is, so that a reload or another surface goes on at the same line. */
import type { View } from '../../utils/messaging/surface.ts';
import { firstVisibleLine, indexOf, lineElement } from './line-element.ts';

/** The line at the upper edge, and how far it is scrolled out. */
export function anchorOf(scroller: HTMLElement): View['anchor'] {
  const line = firstVisibleLine(scroller);
  if (line === undefined) return undefined;
  const offsetPx = scroller.getBoundingClientRect().top - line.getBoundingClientRect().top;
  return { index: indexOf(line), offsetPx: Math.round(offsetPx) };
}

/** A few frames: the first painting of a chunk settles its height. */
const SETTLE_FRAMES = 4;
/** A line that was let go meanwhile never comes. */
const MAX_FRAMES = 120;

/**
 * Puts the line back to where it was, as soon as it is there; `hold` is called with every step, since a call that is
 * not all here yet is so short that its end is in view. Returns what gives up.
 */
export function restoreAnchor(scroller: HTMLElement, anchor: View['anchor'], hold: () => void): () => void {
  if (anchor === undefined) return () => {};
  let left = SETTLE_FRAMES;
  let frames = 0;
  let frame = 0;
  const giveUp = () => cancelAnimationFrame(frame);
  // The reader's own hand is newer than what was kept.
  for (const own of ['wheel', 'pointerdown', 'keydown'] as const) {
    scroller.addEventListener(own, giveUp, { once: true, passive: true });
  }
  const settle = () => {
    hold();
    const line = lineElement(scroller.ownerDocument, anchor.index);
    if (line !== undefined) {
      const top = scroller.getBoundingClientRect().top - anchor.offsetPx;
      const missingPx = line.getBoundingClientRect().top - top;
      scroller.scrollTop += missingPx;
      // Not yet, while what is below is so little that it cannot be scrolled there.
      const isThere = Math.abs(line.getBoundingClientRect().top - top) <= 1;
      left = isThere ? left - 1 : SETTLE_FRAMES;
    }
    frames += 1;
    if (left > 0 && frames < MAX_FRAMES) frame = requestAnimationFrame(settle);
  };
  settle();
  return giveUp;
}
