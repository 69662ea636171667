/** A text field of several lines, as high as what stands in it; else as `TextInput`. */
import type { JSX } from 'preact';
import { useDraft } from './use-draft.ts';

type TextAreaProps = {
  id: string;
  value: string;
  maxLength: number;
  type(value: string): void;
  /** The field was left. */
  leave(): void;
  'aria-describedby': string;
  'aria-invalid'?: boolean;
};

const MAX_ROWS = 10;

export function TextArea({ value, type, leave, ...rest }: TextAreaProps): JSX.Element {
  const draft = useDraft({ value, maxLength: rest.maxLength, type, leave });
  return (
    <textarea
      {...rest}
      rows={Math.min(MAX_ROWS, draft.shown.split('\n').length)}
      dir={draft.shown === '' ? undefined : 'auto'}
      spellcheck={false}
      value={draft.shown}
      onInput={(event) => draft.type(event.currentTarget.value)}
      onBlur={draft.leave}
    />
  );
}
