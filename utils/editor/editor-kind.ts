/** Tells what an editor is by what it puts into the page. */
import { TIPTAP } from './prose-mirror-html.ts';

/** With the mark it carries itself, or one above it does. An earlier one counts first: TipTap is ProseMirror as well. */
const MARKS = {
  ckeditor5: '.ck-editor__editable,.ck-editor__nested-editable',
  ckeditor4: '.cke_editable',
  tinymce: '#tinymce,.mce-content-body',
  lexical: '[data-lexical-editor]',
  slate: '[data-slate-editor]',
  draft: '.public-DraftEditor-content',
  tiptap: TIPTAP,
  prosemirror: '.ProseMirror',
  quill: '.ql-editor',
  froala: '.fr-element',
  trix: 'trix-editor',
  summernote: '.note-editable',
  codemirror: '.cm-content',
} as const;

export type EditorKind = keyof typeof MARKS | 'textarea' | 'input' | 'contenteditable';

export function editorKind(editor: Pick<Element, 'localName' | 'closest'>): EditorKind {
  if (editor.localName === 'textarea' || editor.localName === 'input') return editor.localName;
  const kinds = Object.keys(MARKS) as (keyof typeof MARKS)[];
  return kinds.find((kind) => editor.closest(MARKS[kind]) !== null) ?? 'contenteditable';
}
