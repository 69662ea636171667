/** Lines as elements: found by their index at a cost that does not grow with the call. */
import { chunksOf, isSettledGroup } from './settled-groups.ts';

/** Of the words that tell a screen reader that a line is pinned. */
export const PINNED_WORDS_ID = 'pinned-words';

export function lineId(index: number): string {
  return `line-${index}`;
}

export function lineElement(document: Document, index: number): HTMLElement | undefined {
  return document.getElementById(lineId(index)) ?? undefined;
}

/** The line that an event came from or through. */
export function lineOf(target: EventTarget | null): HTMLElement | undefined {
  return target instanceof Element ? (target.closest<HTMLElement>('[data-line]') ?? undefined) : undefined;
}

export function indexOf(line: HTMLElement): number {
  return Number(line.dataset['index']);
}

/**
 * The first line that is not wholly above the scroller's upper edge; found group by group, chunk by chunk, line by line.
 * A chunk of a group that is out of view must not be asked where it is: the browser would lay out what it skips.
 */
export function firstVisibleLine(scroller: HTMLElement): HTMLElement | undefined {
  const top = scroller.getBoundingClientRect().top;
  const isBelow = (element: Element) => element.getBoundingClientRect().bottom > top;
  for (const group of scroller.querySelectorAll('.chunk-group')) {
    if (isSettledGroup(group) && !isBelow(group)) continue;
    for (const chunk of chunksOf(group).filter(isBelow)) {
      const line = [...chunk.querySelectorAll<HTMLElement>('[data-line]')].find(isBelow);
      if (line !== undefined) return line;
    }
  }
  return undefined;
}
