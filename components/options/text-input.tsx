/** A text field that is stored as it is typed, and that nothing from elsewhere overwrites meanwhile. */
import type { InputHTMLAttributes, JSX, Ref } from 'preact';
import { useDraft } from './use-draft.ts';

type TextInputProps = {
  id: string;
  value: string;
  maxLength: number;
  type(value: string): void;
  /** The field was left. */
  leave(): void;
  inputRef?: Ref<HTMLInputElement>;
  placeholder?: string;
  'aria-describedby'?: string | undefined;
  'aria-invalid'?: boolean;
  'aria-labelledby'?: string;
} & Pick<InputHTMLAttributes<HTMLInputElement>, 'spellcheck' | 'class'>;

export function TextInput({ value, type, leave, inputRef, ...rest }: TextInputProps): JSX.Element {
  const draft = useDraft({ value, maxLength: rest.maxLength, type, leave });
  return (
    <input
      {...rest}
      ref={inputRef ?? null}
      type="text"
      dir={draft.shown === '' ? undefined : 'auto'}
      autocomplete="off"
      value={draft.shown}
      onInput={(event) => draft.type(event.currentTarget.value)}
      onBlur={draft.leave}
    />
  );
}
