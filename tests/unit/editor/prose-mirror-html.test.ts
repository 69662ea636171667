import { expect, test } from 'vitest';
import { proseMirrorHtml } from '../../../utils/editor/prose-mirror-html.ts';

test.each([
  ['a line', 'said **b**', '<p data-pm-slice="1 1 []">said **b**</p>'],
  ['two lines', 'one\ntwo', '<p data-pm-slice="1 1 []">one</p><p>two</p>'],
  ['a blank line', 'one\n\ntwo', '<p data-pm-slice="1 1 []">one</p><p></p><p>two</p>'],
  ['markup as text', '<b>&"', '<p data-pm-slice="1 1 []">&lt;b&gt;&amp;&quot;</p>'],
])('gives %s as ProseMirror copies it', (_, text, html) => {
  expect(proseMirrorHtml(text)).toBe(html);
});
