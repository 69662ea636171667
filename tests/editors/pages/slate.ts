/** Slate with React and history. */
import { createElement } from 'react';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import { createEditor, Node } from 'slate';
import { withHistory } from 'slate-history';
import { Editable, Slate, withReact } from 'slate-react';
import { stage } from './stage.ts';

stage((container, text) => {
  const editor = withHistory(withReact(createEditor()));
  const initialValue = [{ type: 'paragraph', children: [{ text }] }];
  const root = createRoot(container);
  const children = createElement(Editable);
  flushSync(() => root.render(createElement(Slate, { editor, initialValue, children })));
  const editable = container.querySelector<HTMLElement>('[data-slate-editor]');
  if (editable === null) throw new Error('Slate did not render.');
  return {
    editable,
    read: () => editor.children.map((node) => Node.string(node)).join('\n'),
    destroy: () => root.unmount(),
  };
});
