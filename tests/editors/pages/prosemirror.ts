/** ProseMirror, set up as its own example is. */
import { exampleSetup } from 'prosemirror-example-setup';
import { DOMParser } from 'prosemirror-model';
import { schema } from 'prosemirror-schema-basic';
import { EditorState } from 'prosemirror-state';
import { EditorView } from 'prosemirror-view';
import css from 'prosemirror-view/style/prosemirror.css?inline';
import { addStyle } from './page-style.ts';
import { stage } from './stage.ts';

stage((container, text) => {
  addStyle(container, css);
  const source = document.createElement('div');
  source.append(Object.assign(document.createElement('p'), { textContent: text }));
  const view = new EditorView(container, {
    state: EditorState.create({
      doc: DOMParser.fromSchema(schema).parse(source),
      plugins: exampleSetup({ schema, menuBar: false }),
    }),
  });
  return {
    editable: view.dom,
    read() {
      const { doc } = view.state;
      return doc.textBetween(0, doc.content.size, '\n', (leaf) =>
        leaf.type.name === 'hard_break' ? '\n' : '',
      );
    },
    destroy: () => view.destroy(),
  };
});
