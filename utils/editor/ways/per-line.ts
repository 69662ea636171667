/** As if each line was typed and Enter pressed between them. */
export async function insertPerLine(editor: HTMLElement, text: string): Promise<void> {
  const { ownerDocument } = editor;
  for (const [index, line] of text.split('\n').entries()) {
    if (index > 0) ownerDocument.execCommand('insertParagraph');
    // So that an editor that watches its own elements has seen the line's end before the line.
    await Promise.resolve();
    if (line !== '') ownerDocument.execCommand('insertText', false, line);
    await Promise.resolve();
  }
}
