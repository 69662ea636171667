/** Quill with its snow theme. */
import Quill from 'quill';
import css from 'quill/dist/quill.snow.css?inline';
import { addStyle } from './page-style.ts';
import { stage } from './stage.ts';

stage((container, text) => {
  addStyle(container, css);
  const quill = new Quill(container, { theme: 'snow' });
  quill.setText(text, 'silent');
  quill.history.clear();
  return { editable: quill.root, read: () => quill.getText().replace(/\n$/, '') };
});
