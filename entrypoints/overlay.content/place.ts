/** Moves the sidebar's element to where it can be used. */

type Movable = ParentNode & { moveBefore?(node: Node, before: Node | null): void };

/** As the last child of `parent`; the frame inside is reloaded only where the browser cannot help it. */
export function moveInto(parent: Element, element: HTMLElement): void {
  const { moveBefore } = parent as Movable;
  if (moveBefore !== undefined && element.isConnected) {
    try {
      return moveBefore.call(parent, element, null);
    } catch {
      // Not every move can be made that way; appending can always be.
    }
  }
  parent.append(element);
}

/**
 * Above everything else, where neither a transform, a filter nor the scrolling of what it stands in reaches it; and
 * not hidden by the page's other popovers, nor hiding them.
 */
export function raise(element: HTMLElement): void {
  lower(element);
  element.popover = 'manual';
  element.showPopover();
}

export function lower(element: HTMLElement): void {
  if (element.popover === null) return;
  element.hidePopover();
  element.removeAttribute('popover');
}
