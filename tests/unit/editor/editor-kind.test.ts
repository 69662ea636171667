import { expect, test } from 'vitest';
import { editorKind } from '../../../utils/editor/editor-kind.ts';

/** An element that stands within what has these marks. */
function within(localName: string, ...marks: string[]): Pick<Element, 'localName' | 'closest'> {
  const closest = (selector: string) =>
    selector.split(',').some((one) => marks.includes(one)) ? ({} as Element) : null;
  return { localName, closest };
}

test.each([
  ['textarea', 'textarea', []],
  ['input', 'input', []],
  ['contenteditable', 'div', []],
  ['ckeditor5', 'div', ['.ck-editor__editable']],
  ['ckeditor4', 'body', ['.cke_editable']],
  ['tinymce', 'body', ['#tinymce', '.mce-content-body']],
  ['tinymce', 'div', ['.mce-content-body']],
  ['lexical', 'div', ['[data-lexical-editor]']],
  ['slate', 'div', ['[data-slate-editor]']],
  ['draft', 'div', ['.public-DraftEditor-content']],
  ['tiptap', 'div', ['.ProseMirror', '.tiptap']],
  ['prosemirror', 'div', ['.ProseMirror']],
  ['quill', 'div', ['.ql-editor']],
  ['froala', 'div', ['.fr-element']],
  ['trix', 'trix-editor', ['trix-editor']],
  ['summernote', 'div', ['.note-editable']],
  ['codemirror', 'div', ['.cm-content']],
] as const)('knows %s', (kind, name, marks) => {
  expect(editorKind(within(name, ...marks))).toBe(kind);
});

test('takes a field within an editor for the field it is', () => {
  expect(editorKind(within('input', '.ProseMirror'))).toBe('input');
});
