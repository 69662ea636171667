/** Finds what has the focus also inside open shadow roots and frames of the same origin. */
import { frameDocument } from '../crm/deep-query.ts';

/** The innermost element that has the focus; `entered` is called with every document on the way to it. */
export function deepFocus(
  document: Document,
  entered: (document: Document) => void,
): HTMLElement | undefined {
  entered(document);
  let focused: Element | undefined;
  let next = document.activeElement;
  while (next !== null) {
    focused = next;
    const inner: Document | undefined =
      next.localName === 'iframe' ? frameDocument(next as HTMLIFrameElement) : undefined;
    if (inner !== undefined) entered(inner);
    next = (inner ?? next.shadowRoot)?.activeElement ?? null;
  }
  return focused as HTMLElement | undefined;
}
