/** As if each line was typed and Enter pressed between them. */
export function insertPerLine(editor: HTMLElement, text: string): void {
  const { ownerDocument } = editor;
  for (const [index, line] of text.split('\n').entries()) {
    if (index > 0) ownerDocument.execCommand('insertParagraph');
    if (line !== '') ownerDocument.execCommand('insertText', false, line);
  }
}
