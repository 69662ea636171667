/**
 * Plain text as ProseMirror itself copies it. From all else that is pasted TipTap takes the signs of Markdown, and
 * makes of `**b**` a bold b.
 */
import { escapeHtml } from '../transcript/formats/html-text.ts';

/** What TipTap's editors are marked with. */
export const TIPTAP = '.tiptap';

export function proseMirrorHtml(text: string): string {
  const [first = '', ...others] = text.split('\n').map(escapeHtml);
  return [`<p data-pm-slice="1 1 []">${first}</p>`, ...others.map((line) => `<p>${line}</p>`)].join('');
}
