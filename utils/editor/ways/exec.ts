/** As if the text was typed at once: the editor's own undo takes it back. */
export function insertByExec(editor: HTMLElement, text: string): void {
  editor.ownerDocument.execCommand('insertText', false, text);
}
