/** An editor as the sidebar is told of it. */
import type { InsertTarget } from '../messaging/insertion.ts';
import { isForeignFrame } from './editable.ts';
import { editorLabel } from './editor-label.ts';

export function describeEditor(element: HTMLElement, id: string): InsertTarget {
  const label = editorLabel(element);
  if (!isForeignFrame(element)) return { id, label, lines: linesOf(element), reach: 'direct' };
  const host = URL.parse(element.src)?.host ?? '';
  return { id, label, lines: 'many', reach: 'clipboard', ...(host === '' ? {} : { host }) };
}

function linesOf(editor: HTMLElement): InsertTarget['lines'] {
  return editor.localName === 'input' || editor.ariaMultiLine === 'false' ? 'one' : 'many';
}
