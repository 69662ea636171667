/** Writes into the field past its history, for a page that stops what is typed. */
import type { Field } from '../editable.ts';

export function insertBySetRange(field: Field, text: string): void {
  const start = field.selectionStart ?? field.value.length;
  field.setRangeText(text, start, field.selectionEnd ?? start, 'end');
  field.dispatchEvent(
    new InputEvent('input', { inputType: 'insertText', data: text, bubbles: true, composed: true }),
  );
}
