/**
 * Makes one box of the chunks of a group once the height of each is known: what is out of view then costs the browser a
 * look at the group with every frame, instead of one at each of its chunks. The box is exactly as high as they are.
 */

const SETTLED = 'data-settled';
const SETTLING = 'data-settling';
const HEIGHT = 'contain-intrinsic-block-size';

export type SettledGroups = {
  /** Makes a box of the group, as high as its chunks are together, in CSS pixels; or gives it another height. */
  settle(group: HTMLElement, heightPx: number): void;
  /** One of its chunks may have another height now. */
  loosen(group: HTMLElement): void;
};

/** The group of a chunk, unless it is the newest, to which lines are still to come, and the one before, which was. */
export function settlingGroups(chunk: HTMLElement): HTMLElement[] {
  const own = chunk.parentElement;
  const isNewest = own?.nextElementSibling === null;
  return [isNewest ? null : own, own?.previousElementSibling].filter((group) => isGroup(group));
}

function isGroup(element: Element | null | undefined): element is HTMLElement {
  return element instanceof HTMLElement && element.matches('.chunk-group');
}

export function isSettledGroup(element: Element): boolean {
  return element.hasAttribute(SETTLED);
}

export function chunksOf(group: Element): HTMLElement[] {
  return [...group.children].filter((child) => child instanceof HTMLElement);
}

/** `observed` tells of every box whose size is watched: those of the chunks, or that of their group. */
export function createSettledGroups(observed: Pick<ResizeObserver, 'observe' | 'unobserve'>): SettledGroups {
  return {
    settle(group, heightPx) {
      const chunks = chunksOf(group);
      if (!isSettledGroup(group)) letGoOf(group, chunks);
      group.style.setProperty(HEIGHT, `${heightPx}px`);
      group.setAttribute(SETTLED, '');
      for (const chunk of chunks) observed.unobserve(chunk);
      observed.observe(group);
    },
    loosen(group) {
      if (!isSettledGroup(group)) return;
      observed.unobserve(group);
      group.removeAttribute(SETTLED);
      group.style.removeProperty(HEIGHT);
      for (const chunk of chunksOf(group)) observed.observe(chunk);
    },
  };
}

/**
 * Has the browser stop looking, frame by frame, whether the chunks are in view: it styles nothing in a box that is out
 * of view, so it would never learn that the group is looked at in their place.
 */
function letGoOf(group: HTMLElement, chunks: readonly HTMLElement[]): void {
  group.setAttribute(SETTLING, '');
  for (const chunk of chunks) getComputedStyle(chunk).getPropertyValue('content-visibility');
  group.removeAttribute(SETTLING);
}
