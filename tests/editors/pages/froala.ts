/** Froala. */
import FroalaEditor from 'froala-editor';
import css from 'froala-editor/css/froala_editor.pkgd.min.css?inline';
import { htmlLines } from './html-lines.ts';
import { addStyle } from './page-style.ts';
import { stage } from './stage.ts';

stage((container, text) => {
  addStyle(container, css);
  const target = container.appendChild(document.createElement('div'));
  return new Promise((mounted) => {
    const editor = new FroalaEditor(target, {
      toolbarButtons: ['bold'],
      events: {
        initialized() {
          editor.html.set(`<p>${text}</p>`);
          editor.undo.reset();
          mounted({
            editable: editor.el,
            read: () => htmlLines(editor.html.get()),
            destroy: () => editor.destroy(),
          });
        },
      },
    });
  });
});
