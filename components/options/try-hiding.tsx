/** A sentence to try on what is hidden, and what remains of it. */
import { useComputed, useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { words } from '../../utils/browser/runtime.ts';
import { createRedactor } from '../../utils/transcript/redaction/redactor.ts';
import type { PreferencesEditor } from './preferences-editor.ts';

const MAX_LENGTH = 500;

export function TryHiding({ editor }: { editor: PreferencesEditor }): JSX.Element {
  const sentence = useSignal('');
  const redactor = useComputed(() => createRedactor(editor.shown.value.redaction));
  const left = redactor.value.redact(sentence.value);
  const isEmpty = sentence.value.trim() === '';
  return (
    <div class="field try">
      <label for="try-hiding">{words('keywordsTry')}</label>
      <input
        id="try-hiding"
        type="text"
        dir={isEmpty ? undefined : 'auto'}
        autocomplete="off"
        maxLength={MAX_LENGTH}
        placeholder={words('hiddenTryExample')}
        aria-describedby="try-hiding-hint"
        value={sentence.value}
        onInput={(event) => {
          sentence.value = event.currentTarget.value;
        }}
      />
      <p class="hint" id="try-hiding-hint">
        {words('hiddenTryHint')}
      </p>
      <div role="status">
        {isEmpty ? null : (
          <>
            <p class="hint">{words(left === sentence.value ? 'hiddenTryNone' : 'hiddenTryLeft')}</p>
            <p class="sentence" dir="auto" data-left>
              {left}
            </p>
          </>
        )}
      </div>
    </div>
  );
}
