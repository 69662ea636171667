/**
 * A bare contenteditable element: its HTML is all the model it has. Not read by `innerText`, from which Firefox leaves
 * out the bidi marks.
 */
import { htmlLines } from './html-lines.ts';
import { stage } from './stage.ts';

stage((container, text) => {
  container.contentEditable = 'true';
  container.textContent = text;
  return { editable: container, read: () => htmlLines(container.innerHTML) };
});
