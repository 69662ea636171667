/** Trix. */
import 'trix';
import css from 'trix/dist/trix.css?inline';
import { addStyle } from './page-style.ts';
import { stage } from './stage.ts';

type TrixElement = HTMLElement & {
  editor: { loadHTML(html: string): void; getDocument(): { toString(): string } };
};

stage((container, text) => {
  addStyle(container, css);
  return new Promise((mounted) => {
    const element = document.createElement('trix-editor') as TrixElement;
    element.addEventListener('trix-initialize', () => {
      element.editor.loadHTML(`<div>${text}</div>`);
      mounted({ editable: element, read: () => element.editor.getDocument().toString().replace(/\n$/, '') });
    });
    container.append(element);
  });
});
