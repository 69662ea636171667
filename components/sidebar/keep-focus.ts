/**
 * Keeps a keyboard user in the sidebar when what they had focused goes away, as a button does that has done its work:
 * the focus goes on to the transcript, or where there is none to the first thing that takes it.
 */

const NEXT = ['[data-transcript]', 'main button', 'button'];

/** Watches everything under `root`; the returned function undoes it. */
export function keepFocus(root: HTMLElement): () => void {
  const { ownerDocument: document } = root;
  let focused: Element | undefined;
  const remember = ({ target }: FocusEvent) => {
    focused = target instanceof Element ? target : undefined;
  };
  const rescue = new MutationObserver(() => {
    if (focused === undefined || focused.isConnected) return;
    focused = undefined;
    // Whoever went on to something else, or to the page, is not called back.
    if (document.activeElement !== document.body || !document.hasFocus()) return;
    const next = NEXT.map((selector) => root.querySelector<HTMLElement>(selector));
    next.find((element) => element !== null)?.focus({ preventScroll: true });
  });
  root.addEventListener('focusin', remember);
  rescue.observe(root, { childList: true, subtree: true });
  return () => {
    root.removeEventListener('focusin', remember);
    rescue.disconnect();
  };
}
