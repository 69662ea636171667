/**
 * Walking through the lines by keyboard, and with Shift selecting them on the way. The focus moves only by the
 * reader's hand, never because a line came.
 */
import type { Follow } from './follow.ts';
import { firstVisibleLine, lineOf, neighbourOf } from './line-element.ts';
import { selectionBase, selectLines } from './line-selection.ts';

const LINES_A_PAGE = 10;

/** Takes a key pressed in the transcript; the scroller is the event's `currentTarget`. */
export function walkLines(event: KeyboardEvent, follow: Follow): void {
  const scroller = event.currentTarget;
  if (!(scroller instanceof HTMLElement) || event.ctrlKey || event.metaKey || event.altKey) return;
  const line = lineOf(event.target);
  if (event.key === 'Escape' || (event.key === 'End' && !event.shiftKey)) {
    event.preventDefault();
    return follow.resume();
  }
  const reached = reachedLine(event.key, line, scroller, follow);
  if (reached === undefined) return;
  event.preventDefault();
  const selection = getSelection();
  const base = selection?.isCollapsed === false ? selectionBase(document) : line;
  if (!event.shiftKey) selection?.removeAllRanges();
  else selectLines(base ?? reached, reached);
  reached.focus({ preventScroll: true });
  reached.scrollIntoView({ block: 'nearest' });
}

function reachedLine(
  key: string,
  line: HTMLElement | undefined,
  scroller: HTMLElement,
  follow: Follow,
): HTMLElement | undefined {
  switch (key) {
    case 'Home':
      return scroller.querySelector<HTMLElement>('[data-line]') ?? undefined;
    case 'End':
      return newestLine(scroller);
    case 'ArrowDown':
    case 'ArrowUp':
    case 'PageDown':
    case 'PageUp': {
      const step = key.endsWith('Down') ? 1 : -1;
      if (line === undefined) return entryLine(scroller, follow);
      return lineAfter(line, key.startsWith('Page') ? step * LINES_A_PAGE : step);
    }
    default:
      return undefined;
  }
}

/** Where the walk begins: at the newest line while it is followed, else at the first one in view. */
function entryLine(scroller: HTMLElement, follow: Follow): HTMLElement | undefined {
  return follow.following.peek() ? newestLine(scroller) : firstVisibleLine(scroller);
}

function newestLine(scroller: HTMLElement): HTMLElement | undefined {
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
