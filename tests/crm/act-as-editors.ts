/**
 * Runs in a fixture page, first of all: the editors there are bare elements, so this takes pasted text as their
 * libraries do, which write it into their own model and leave the browser's own paste undone.
 */
export function actAsEditors(): void {
  const editors = '.ProseMirror,.ck-editor__editable,.ql-editor';
  document.addEventListener('paste', (event) => {
    const [target] = event.composedPath();
    if (!(target instanceof Node)) return;
    const element = target instanceof Element ? target : target.parentElement;
    if (!element?.closest(editors)) return;
    event.preventDefault();
    const text = event.clipboardData?.getData('text/plain') ?? '';
    for (const [at, line] of text.split('\n').entries()) {
      if (at > 0) document.execCommand('insertParagraph');
      document.execCommand('insertText', false, line);
    }
  });
}
