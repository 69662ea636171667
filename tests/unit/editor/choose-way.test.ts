import { expect, test } from 'vitest';
import { waysFor } from '../../../utils/editor/choose-way.ts';

test.each(['lexical', 'slate', 'draft'] as const)('never types into %s, which it would damage', (kind) => {
  expect(waysFor(kind, 'chromium')).toEqual(['paste']);
  expect(waysFor(kind, 'firefox')).toEqual(['page-paste']);
});

test.each(['ckeditor5', 'prosemirror', 'codemirror', 'quill', 'tinymce'] as const)(
  'pastes into %s, in Firefox in the world of the page',
  (kind) => {
    expect(waysFor(kind, 'chromium')[0]).toBe('paste');
    expect(waysFor(kind, 'firefox')[0]).toBe('page-paste');
  },
);

test.each(['textarea', 'input', 'contenteditable', 'froala', 'summernote'] as const)(
  'types into %s',
  (kind) => {
    expect(waysFor(kind, 'chromium')[0]).toBe('exec');
    expect(waysFor(kind, 'firefox')[0]).toBe('exec');
  },
);

test('types line by line where Firefox would lose the line ends', () => {
  expect(waysFor('ckeditor4', 'firefox')).toEqual(['per-line']);
  expect(waysFor('ckeditor4', 'chromium')).toEqual(['exec']);
});
