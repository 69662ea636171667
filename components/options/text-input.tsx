/** A text field that is stored as it is typed, and that nothing from elsewhere overwrites meanwhile. */
import { useSignal } from '@preact/signals';
import type { InputHTMLAttributes, JSX, Ref } from 'preact';

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
  const draft = useSignal<string | undefined>(undefined);
  return (
    <input
      {...rest}
      ref={inputRef ?? null}
      type="text"
      dir={(draft.value ?? value) === '' ? undefined : 'auto'}
      autocomplete="off"
      value={draft.value ?? value}
      onInput={(event) => {
        const typed = event.currentTarget.value.slice(0, rest.maxLength);
        draft.value = typed;
        type(typed);
      }}
      onBlur={() => {
        draft.value = undefined;
        leave();
      }}
    />
  );
}
