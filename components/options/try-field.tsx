/** A sentence to try settings on, and what they make of it. */
import { useSignal } from '@preact/signals';
import type { ComponentChildren, JSX } from 'preact';
import { type MessageKey, words } from '../../utils/browser/runtime.ts';

type TryFieldProps = {
  id: string;
  example: MessageKey;
  hint: MessageKey;
  /** Shown beneath; `undefined` as long as nothing is typed. */
  result(sentence: string | undefined): ComponentChildren;
};

/** What one would say in a breath or two. */
const MAX_LENGTH = 500;

export function TryField({ id, example, hint, result }: TryFieldProps): JSX.Element {
  const sentence = useSignal('');
  const isEmpty = sentence.value.trim() === '';
  return (
    <div class="field try">
      <label for={id}>{words('keywordsTry')}</label>
      <input
        id={id}
        type="text"
        dir={isEmpty ? undefined : 'auto'}
        autocomplete="off"
        maxLength={MAX_LENGTH}
        placeholder={words(example)}
        aria-describedby={`${id}-hint`}
        value={sentence.value}
        onInput={(event) => {
          sentence.value = event.currentTarget.value;
        }}
      />
      <p class="hint" id={`${id}-hint`}>
        {words(hint)}
      </p>
      {result(isEmpty ? undefined : sentence.value)}
    </div>
  );
}
