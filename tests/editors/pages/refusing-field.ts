/** A field whose page puts its own value back at every change. */
import { stage } from './stage.ts';

stage((container, text) => {
  const field = container.appendChild(document.createElement('textarea'));
  field.value = text;
  field.addEventListener('input', () => {
    field.value = text;
  });
  return { editable: field, read: () => field.value };
});
