/** Puts text on the clipboard from inside a frame of a page that may forbid the Clipboard API to its frames. */

/** `execCommand` with our own `copy` listener works under every permissions policy; `false` where it did not. */
export function copyText(document: Document, text: string): boolean {
  let taken = false;
  const take = (event: ClipboardEvent) => {
    event.preventDefault();
    event.stopImmediatePropagation();
    event.clipboardData?.setData('text/plain', text);
    taken = event.clipboardData !== null;
  };
  document.addEventListener('copy', take, { capture: true });
  try {
    return document.execCommand('copy') && taken;
  } finally {
    document.removeEventListener('copy', take, { capture: true });
  }
}
