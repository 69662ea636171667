/**
 * As if the text was pasted, as plain text alone: with HTML beside it Slate breaks, and Froala doubles paragraphs.
 * Firefox gives the page an empty paste when a content script makes it.
 */
import { proseMirrorHtml, TIPTAP } from '../prose-mirror-html.ts';

export function insertByPaste(editor: HTMLElement, text: string): void {
  const clipboardData = new DataTransfer();
  clipboardData.setData('text/plain', text);
  if (editor.closest(TIPTAP) !== null) clipboardData.setData('text/html', proseMirrorHtml(text));
  editor.dispatchEvent(
    new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true, composed: true }),
  );
}
