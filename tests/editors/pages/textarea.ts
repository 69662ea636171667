/** A plain textarea, as Redmine and Request Tracker have. */
import { stage } from './stage.ts';

stage((container, text) => {
  const field = container.appendChild(document.createElement('textarea'));
  field.value = text;
  return { editable: field, read: () => field.value };
});
