/** CodeMirror 6 for Markdown, as comment fields have it. */
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { markdown } from '@codemirror/lang-markdown';
import { EditorView, keymap } from '@codemirror/view';
import { stage } from './stage.ts';

stage((container, text) => {
  const root = container.getRootNode();
  const view = new EditorView({
    doc: text,
    parent: container,
    root: root instanceof ShadowRoot ? root : document,
    extensions: [
      history(),
      keymap.of([...defaultKeymap, ...historyKeymap]),
      markdown(),
      EditorView.lineWrapping,
    ],
  });
  return {
    editable: view.contentDOM,
    read: () => view.state.doc.toString(),
    destroy: () => view.destroy(),
  };
});
