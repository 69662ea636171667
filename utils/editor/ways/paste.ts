/**
 * As if the text was pasted, as plain text alone: with HTML beside it Slate breaks, and Froala doubles paragraphs.
 * Firefox gives the page an empty paste when a content script makes it.
 */
export function insertByPaste(editor: HTMLElement, text: string): void {
  const clipboardData = new DataTransfer();
  clipboardData.setData('text/plain', text);
  editor.dispatchEvent(
    new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true, composed: true }),
  );
}
