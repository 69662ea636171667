/** Where in an editor text goes: the caret, or what is selected. Fields keep theirs by themselves. */
import { isField } from './editable.ts';
import { editorText } from './editor-text.ts';

/** The selection in a rich editor, as the page has it now; none where it is elsewhere. */
export function caretIn(editor: HTMLElement): Range | undefined {
  const selection = selectionOf(editor);
  if (selection === null || selection.rangeCount === 0) return undefined;
  const range = selection.getRangeAt(0);
  return editor.contains(range.commonAncestorContainer) ? range : undefined;
}

export function selectedText(editor: HTMLElement): string {
  if (!isField(editor)) return caretIn(editor)?.toString() ?? '';
  return editor.value.slice(editor.selectionStart ?? 0, editor.selectionEnd ?? 0);
}

/** Whether its line holds anything before the caret. Some editors keep a character without width for it to stand in. */
export function isBehindText(editor: HTMLElement): boolean {
  const caret = isField(editor) ? undefined : caretIn(editor);
  if (!isField(editor) && caret === undefined) return false;
  const before = isField(editor)
    ? editor.value.slice(0, editor.selectionStart ?? 0)
    : editorText(editor, caret);
  return /[^\s\u200b\u2060\ufeff]/.test(before.slice(before.lastIndexOf('\n') + 1));
}

/** Gives the editor the focus, with the caret as it was kept, else where the page has it, else at the end. */
export function focusAt(editor: HTMLElement, kept: Range | undefined, isKnown: boolean): void {
  const found = caretIn(editor)?.cloneRange();
  editor.ownerDocument.defaultView?.focus();
  editor.focus();
  if (isField(editor)) {
    if (!isKnown) editor.setSelectionRange(editor.value.length, editor.value.length);
    return;
  }
  const isKept = kept !== undefined && editor.contains(kept.commonAncestorContainer);
  select(editor, isKept ? kept : (found ?? endOf(editor)));
}

function select(editor: HTMLElement, range: Range): void {
  const now = caretIn(editor);
  const isThere =
    now?.startContainer === range.startContainer &&
    now.startOffset === range.startOffset &&
    now.endContainer === range.endContainer &&
    now.endOffset === range.endOffset;
  if (isThere) return;
  selectionOf(editor)?.setBaseAndExtent(
    range.startContainer,
    range.startOffset,
    range.endContainer,
    range.endOffset,
  );
}

/** Within the last line, not after it: editors with a model of their own know of no other place. */
function endOf(editor: HTMLElement): Range {
  const range = editor.ownerDocument.createRange();
  let last: Node = editor;
  while (last.lastChild !== null) last = last.lastChild;
  const isText = last.nodeName === '#text';
  if (isText || last === editor) range.selectNodeContents(last);
  else range.selectNode(last);
  range.collapse(!isText);
  return range;
}

/** In a shadow root Chromium shows the selection to that root alone. */
function selectionOf(editor: HTMLElement): Selection | null {
  const root = editor.getRootNode() as Node & { getSelection?(): Selection | null };
  return root.getSelection === undefined ? editor.ownerDocument.getSelection() : root.getSelection();
}
