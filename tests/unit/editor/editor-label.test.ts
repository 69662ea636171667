import { expect, test } from 'vitest';
import { ownWords } from '../../../utils/editor/editor-label.ts';

test.each([
  'Rich Text Area',
  'Rich Text Area. Press ALT-0 for help.',
  'Rich Text Area. Press ALT-F9 for menu. Press ALT-F10 for toolbar. Press ALT-0 for help',
  'Rich Text Editor, editor1',
  'Rich Text Editor, main',
  'Editor, editor1',
  'Editor editing area: main',
  'Rich Text Editor. Editing area: main. Press Alt+0 for help.',
  'Rich Text Editor. Editing area: main',
  'Rich text editor',
  '  ',
])('%j is an editor’s own word', (name) => {
  expect(ownWords(name)).toBe('');
});

test.each([
  ['Public reply', 'Public reply'],
  [' Internal\n\t note ', 'Internal note'],
  ['Public reply. Press Alt+0 for help.', 'Public reply.'],
  ['Editor’s notes', 'Editor’s notes'],
  ['Comment editor', 'Comment editor'],
  ['ä'.repeat(200), 'ä'.repeat(120)],
])('%j is the page’s', (name, label) => {
  expect(ownWords(name)).toBe(label);
});
