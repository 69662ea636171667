/** A field of a single line. */
import { stage } from './stage.ts';

stage((container, text) => {
  const field = container.appendChild(document.createElement('input'));
  field.value = text;
  return { editable: field, read: () => field.value };
});
