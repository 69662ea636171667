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
] as const;

export type EditorName = (typeof editorNames)[number];

export function isEditorName(name: string): name is EditorName {
  return editorNames.some((known) => known === name);
}
