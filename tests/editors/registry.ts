/** The editors of the matrix: each has a page of its name in `pages/`. */
export const editorNames = [
  'textarea',
  'input',
  'react-textarea',
  'contenteditable',
  'ckeditor5',
  'ckeditor4',
  'tinymce',
  'prosemirror',
  'tiptap',
  'quill',
  'lexical',
  'slate',
  'draft-js',
  'froala',
  'trix',
  'summernote',
  'codemirror',
  'refusing-field',
  'refusing-editor',
  'foreign-frame',
] as const;

export type EditorName = (typeof editorNames)[number];

/** These cannot be written into: they hold what they held, and the sidebar copies instead. */
export const refusingNames: readonly EditorName[] = ['refusing-field', 'refusing-editor', 'foreign-frame'];

export function isEditorName(name: string): name is EditorName {
  return editorNames.some((known) => known === name);
}
