/** Summernote, which FreeScout uses, in its build without Bootstrap. */
import $ from 'jquery';
import 'summernote/dist/summernote-lite.js';
import css from 'summernote/dist/summernote-lite.min.css?inline';
import { htmlLines } from './html-lines.ts';
import { addStyle } from './page-style.ts';
import { stage } from './stage.ts';

declare global {
  interface JQuery {
    summernote(...given: unknown[]): unknown;
  }
}

stage((container, text) => {
  addStyle(container, css);
  const field = $(container.appendChild(document.createElement('div')));
  field.summernote({ toolbar: [['font', ['bold']]], height: 120 });
  field.summernote('code', `<p>${text === '' ? '<br>' : text}</p>`);
  const editable = container.querySelector<HTMLElement>('.note-editable');
  if (editable === null) throw new Error('Summernote did not start.');
  return {
    editable,
    read: () => htmlLines(String(field.summernote('code'))),
    destroy: () => void field.summernote('destroy'),
  };
});
