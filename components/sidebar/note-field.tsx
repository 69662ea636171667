/** A field for text of the agent's own: plain text, as high as what stands in it. */
import type { JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { MAX_NOTE_TEXT_LENGTH } from '../../utils/transcript/note.ts';

type NoteFieldProps = {
  label: string;
  value: string;
  placeholder?: string | undefined;
  change(value: string): void;
  /** The text is as long as it may be. */
  full(): void;
  /** Keys that mean more than themselves. */
  takeKey?(event: KeyboardEvent): void;
};

const growsByItself = typeof CSS !== 'undefined' && CSS.supports('field-sizing', 'content');

export function NoteField({ label, value, placeholder, change, full, takeKey }: NoteFieldProps): JSX.Element {
  const field = useRef<HTMLTextAreaElement>(null);
  useLayoutEffect(() => {
    if (growsByItself || field.current === null) return;
    field.current.style.blockSize = 'auto';
    field.current.style.blockSize = `${field.current.scrollHeight}px`;
  }, [value]);
  return (
    <textarea
      class="note-field"
      ref={field}
      // An empty field would stand from left to right.
      dir={value === '' ? undefined : 'auto'}
      rows={1}
      aria-label={label}
      placeholder={placeholder}
      maxLength={MAX_NOTE_TEXT_LENGTH}
      value={value}
      onInput={({ currentTarget }) => {
        change(currentTarget.value);
        if (currentTarget.value.length >= MAX_NOTE_TEXT_LENGTH) full();
      }}
      onKeyDown={takeKey}
    />
  );
}
