/** The name of a row in a list; says so where it is missing, once the field was left. */
import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { type MessageKey, words } from '../../utils/browser/runtime.ts';
import { MAX_PROFILE_NAME_LENGTH } from '../../utils/settings/preferences.ts';
import { FullNote } from './full-note.tsx';
import { TextInput } from './text-input.tsx';

type NameFieldProps = {
  /** Of its row. */
  id: string;
  name: string;
  isNew: boolean;
  takesFocus: boolean;
  missing: MessageKey;
  type(name: string): void;
  leave(): void;
};

export function NameField({
  id,
  name,
  isNew,
  takesFocus,
  missing,
  type,
  leave,
}: NameFieldProps): JSX.Element {
  const input = useRef<HTMLInputElement>(null);
  const isTouched = useSignal(!isNew);
  const isMissing = isTouched.value && name.trim() === '';

  useLayoutEffect(() => {
    if (takesFocus) input.current?.focus();
  }, []);

  return (
    <>
      <div class="field">
        <label for={`name-${id}`}>{words('keywordsName')}</label>
        <TextInput
          id={`name-${id}`}
          inputRef={input}
          value={name}
          maxLength={MAX_PROFILE_NAME_LENGTH}
          aria-invalid={isMissing}
          aria-describedby={`name-${id}-note`}
          type={type}
          leave={() => {
            isTouched.value = true;
            leave();
          }}
        />
      </div>
      <div class="notes" id={`name-${id}-note`}>
        {isMissing ? <p class="wrong">{words(missing)}</p> : null}
        <FullNote text={name} limit={MAX_PROFILE_NAME_LENGTH} />
      </div>
    </>
  );
}
