/** Which lines are selected, as soon as the hand that selects them rests. */
import type { Signal } from '@preact/signals';
import { indexOf } from './line-element.ts';
import { selectedLines } from './line-selection.ts';

/** The first and the last of several selected lines. */
export type LineRange = { from: number; to: number };

/**
 * Keeps `range` the selected lines of `scroller` where there is more than one; `mount` puts those into the page that are
 * selected and not there yet. The returned function undoes it.
 */
export function watchRange(
  scroller: HTMLElement,
  range: Signal<LineRange | undefined>,
  mount: () => void,
): () => void {
  const { ownerDocument: document } = scroller;
  const events = new AbortController();
  const { signal } = events;
  let isPressed = false;

  function look(): void {
    if (isPressed) return;
    mount();
    const lines = selectedLines(scroller);
    const [first, last] = [lines[0], lines.at(-1)];
    const isOne = first === undefined || last === undefined || first === last;
    range.value = isOne ? undefined : { from: indexOf(first), to: indexOf(last) };
  }
  function release(): void {
    isPressed = false;
    look();
  }

  scroller.addEventListener(
    'pointerdown',
    () => {
      isPressed = true;
    },
    { signal },
  );
  document.addEventListener('pointerup', release, { signal });
  document.addEventListener('pointercancel', release, { signal });
  document.addEventListener('selectionchange', look, { signal });
  return () => events.abort();
}
