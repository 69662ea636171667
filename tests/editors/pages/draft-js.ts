/** Draft.js. */
import { ContentState, Editor, EditorState } from 'draft-js';
import css from 'draft-js/dist/Draft.css?inline';
import { createElement, useState } from 'react';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import { addStyle } from './page-style.ts';
import { stage } from './stage.ts';

stage((container, text) => {
  addStyle(container, css);
  let state = EditorState.createWithContent(ContentState.createFromText(text));

  function Field() {
    const [editorState, setEditorState] = useState(state);
    state = editorState;
    return createElement(Editor, { editorState, onChange: setEditorState });
  }

  const root = createRoot(container);
  flushSync(() => root.render(createElement(Field)));
  const editable = container.querySelector<HTMLElement>('[contenteditable=true]');
  if (editable === null) throw new Error('Draft.js did not render.');
  return {
    editable,
    read: () => state.getCurrentContent().getPlainText('\n'),
    destroy: () => root.unmount(),
  };
});
