/** Walking through the lines by keyboard. The focus moves only by the reader's hand, never because a line came. */
import type { Follow } from './follow.ts';
import { firstVisibleLine, lineOf, neighbourOf } from './line-element.ts';

const LINES_A_PAGE = 10;

/** Takes a key pressed in the transcript; the scroller is the event's `currentTarget`. */
export function walkLines(event: KeyboardEvent, follow: Follow): void {
  const scroller = event.currentTarget;
  if (!(scroller instanceof HTMLElement) || event.ctrlKey || event.metaKey || event.altKey) return;
  const line = lineOf(event.target);
  switch (event.key) {
    case 'End':
    case 'Escape':
      event.preventDefault();
      return follow.resume();
    case 'Home':
      return focusLine(event, scroller.querySelector<HTMLElement>('[data-line]'));
    case 'ArrowDown':
    case 'ArrowUp':
    case 'PageDown':
    case 'PageUp': {
      const step = event.key.endsWith('Down') ? 1 : -1;
      if (line === undefined) return focusLine(event, entryLine(scroller, follow));
      return focusLine(event, lineAfter(line, event.key.startsWith('Page') ? step * LINES_A_PAGE : step));
    }
  }
}

/** Where the walk begins: at the newest line while it is followed, else at the first one in view. */
function entryLine(scroller: HTMLElement, follow: Follow): HTMLElement | undefined {
  if (!follow.following.peek()) return firstVisibleLine(scroller);
  return [...scroller.querySelectorAll<HTMLElement>('.chunk:last-child [data-line]')].at(-1);
}

function lineAfter(line: HTMLElement, count: number): HTMLElement {
  let reached = line;
  for (let step = 0; step < Math.abs(count); step += 1) {
    const next = neighbourOf(reached, count > 0 ? 1 : -1);
    if (next === undefined) break;
    reached = next;
  }
  return reached;
}

function focusLine(event: KeyboardEvent, line: HTMLElement | null | undefined): void {
  if (line === null || line === undefined) return;
  event.preventDefault();
  line.focus({ preventScroll: true });
  line.scrollIntoView({ block: 'nearest' });
}
