/** Puts text on the clipboard from inside a frame of a page that may forbid the Clipboard API to its frames. */
import type { Written } from '../../utils/transcript/formats/format.ts';

/**
 * Both flavours at once, for a field and for an editor. `execCommand` with our own `copy` listener works under every
 * permissions policy; `false` where it did not.
 */
export function copyText(document: Document, { text, html }: Written): boolean {
  let taken = false;
  const take = (event: ClipboardEvent) => {
    event.preventDefault();
    event.stopImmediatePropagation();
    event.clipboardData?.setData('text/plain', text);
    event.clipboardData?.setData('text/html', html);
    taken = event.clipboardData !== null;
  };
  document.addEventListener('copy', take, { capture: true });
  try {
    return document.execCommand('copy') && taken;
  } finally {
    document.removeEventListener('copy', take, { capture: true });
  }
}
