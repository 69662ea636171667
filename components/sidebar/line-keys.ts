/**
 * Walking through the lines by keyboard, and with Shift selecting them on the way. The focus moves only by the
 * reader's hand, never because a line came.
 */
import { firstLine, isLine, lastLines, lineAfter } from './call-entries.ts';
import type { CallModel } from './call-model.ts';
import type { Follow } from './follow.ts';
import { firstVisibleLine, indexOf, lineOf } from './line-element.ts';
import { selectionBase, selectLines } from './line-selection.ts';

const LINES_A_PAGE = 10;

export type WalkDeps = {
  call: CallModel;
  follow: Follow;
  /** The line of this index, put into the page if it was not there yet. */
  lineAt(index: number): HTMLElement | undefined;
};

/** Takes a key pressed in the transcript; the scroller is the event's `currentTarget`. */
export function walkLines(event: KeyboardEvent, deps: WalkDeps): void {
  const scroller = event.currentTarget;
  if (!(scroller instanceof HTMLElement) || event.ctrlKey || event.metaKey || event.altKey) return;
  const line = lineOf(event.target);
  if (event.key === 'Escape' || (event.key === 'End' && !event.shiftKey)) {
    event.preventDefault();
    return deps.follow.resume();
  }
  const index = reachedIndex(event.key, line, scroller, deps);
  const reached = index === undefined ? undefined : deps.lineAt(index);
  if (reached === undefined) return;
  event.preventDefault();
  const selection = getSelection();
  const base = selection?.isCollapsed === false ? selectionBase(document) : line;
  if (!event.shiftKey) selection?.removeAllRanges();
  else selectLines(base ?? reached, reached);
  reached.focus({ preventScroll: true });
  reached.scrollIntoView({ block: 'nearest' });
}

function reachedIndex(
  key: string,
  line: HTMLElement | undefined,
  scroller: HTMLElement,
  { call, follow }: WalkDeps,
): number | undefined {
  switch (key) {
    case 'Home':
      return firstLine(call)?.index;
    case 'End':
      return newestLine(call);
    case 'ArrowDown':
    case 'ArrowUp':
    case 'PageDown':
    case 'PageUp': {
      const step = key.endsWith('Down') ? 1 : -1;
      if (line === undefined) return entryLine(scroller, call, follow);
      const from = indexOf(line);
      return lineAfter(call, from, key.startsWith('Page') ? step * LINES_A_PAGE : step) ?? from;
    }
    default:
      return undefined;
  }
}

/** Where the walk begins: at the newest line while it is followed, else at the first one in view. */
function entryLine(scroller: HTMLElement, call: CallModel, follow: Follow): number | undefined {
  if (follow.following.peek()) return newestLine(call);
  const line = firstVisibleLine(scroller);
  return line === undefined ? undefined : indexOf(line);
}

function newestLine(call: CallModel): number | undefined {
  return lastLines(call, 1).find(isLine)?.index;
}
