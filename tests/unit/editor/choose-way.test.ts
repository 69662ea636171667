import { expect, test } from 'vitest';
import { waysFor } from '../../../utils/editor/choose-way.ts';

test.each(['lexical', 'slate', 'draft'] as const)('never types into %s, which it would damage', (kind) => {
  expect(waysFor(kind, 'chromium', false)).toEqual(['paste']);
  expect(waysFor(kind, 'firefox', false)).toEqual(['page-paste']);
});

test.each(['ckeditor5', 'prosemirror', 'codemirror', 'quill', 'tinymce'] as const)(
  'pastes into %s, in Firefox in the world of the page',
  (kind) => {
    expect(waysFor(kind, 'chromium', false)[0]).toBe('paste');
    expect(waysFor(kind, 'firefox', false)[0]).toBe('page-paste');
  },
);

test.each(['textarea', 'input', 'contenteditable', 'froala', 'summernote'] as const)(
  'types into %s',
  (kind) => {
    expect(waysFor(kind, 'chromium', false)[0]).toBe('exec');
    expect(waysFor(kind, 'firefox', false)[0]).toBe('exec');
  },
);

test('types line by line where Firefox would lose the line ends', () => {
  expect(waysFor('ckeditor4', 'firefox', false)).toEqual(['per-line']);
  expect(waysFor('ckeditor4', 'chromium', false)).toEqual(['exec']);
});

test('pastes nothing where a shadow root hides the caret from the editor', () => {
  expect(waysFor('quill', 'chromium', true)).toEqual(['per-line']);
  expect(waysFor('quill', 'firefox', true)).toEqual([]);
  expect(waysFor('draft', 'firefox', true)).toEqual([]);
  expect(waysFor('prosemirror', 'firefox', true)).toEqual(waysFor('prosemirror', 'firefox', false));
});
