/** Which way text goes into which editor, as it was measured in every one of them; `tests/editors` measures it again. */
import type { Engine } from '../engine.ts';
import type { EditorKind } from './editor-kind.ts';

/**
 * `exec`: as if it was typed at once. `per-line`: typed line by line. `paste`: as if it was pasted. `page-paste`: the
 * same, made in the page's own world. `set-range`: through the field's own text, which cannot be undone.
 */
export type Way = 'exec' | 'per-line' | 'paste' | 'page-paste' | 'set-range';

/** The second is tried where the first left the editor as it was. A way that damages an editor is not among them. */
type Ways = readonly [Way?, Way?];

const FIELD: Record<Engine, Ways> = { chromium: ['exec', 'set-range'], firefox: ['exec', 'set-range'] };
/** Its own undo knows nothing of what is typed without a key. */
const TINYMCE: Record<Engine, Ways> = { chromium: ['paste', 'exec'], firefox: ['page-paste', 'exec'] };
const TYPED: Record<Engine, Ways> = { chromium: ['exec'], firefox: ['exec'] };
/** What is typed in several lines loses its line ends there in Firefox. */
const PASTED_OR_TYPED: Record<Engine, Ways> = { chromium: ['paste', 'exec'], firefox: ['page-paste'] };
/** What is typed gets past the editor's own model, which is then another than what is shown. */
const PASTED: Record<Engine, Ways> = { chromium: ['paste'], firefox: ['page-paste'] };

const WAYS: Record<EditorKind, Record<Engine, Ways>> = {
  textarea: FIELD,
  input: FIELD,
  contenteditable: { chromium: ['exec', 'paste'], firefox: ['exec', 'page-paste'] },
  ckeditor5: PASTED,
  ckeditor4: { chromium: ['exec'], firefox: ['per-line'] },
  tinymce: TINYMCE,
  lexical: PASTED,
  slate: PASTED,
  draft: PASTED,
  tiptap: PASTED_OR_TYPED,
  prosemirror: PASTED_OR_TYPED,
  quill: PASTED_OR_TYPED,
  froala: TYPED,
  trix: PASTED_OR_TYPED,
  summernote: TYPED,
  codemirror: PASTED_OR_TYPED,
};

/**
 * In a shadow root these do not see their selection, and what is pasted goes where the caret is not. In Firefox what
 * is typed into Quill there gets a line too many, or none between two.
 */
const WAYS_IN_SHADOW: Partial<typeof WAYS> = {
  quill: { chromium: ['per-line'], firefox: [] },
  draft: { chromium: [], firefox: [] },
};

/** None: the editor can only be written into by hand. */
export function waysFor(kind: EditorKind, engine: Engine, isInShadow: boolean): readonly Way[] {
  const ways = (isInShadow ? WAYS_IN_SHADOW[kind] : undefined) ?? WAYS[kind];
  return ways[engine].filter((way) => way !== undefined);
}
