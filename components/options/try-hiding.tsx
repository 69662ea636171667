/** A sentence to try on what is hidden, and what remains of it. */
import { useComputed } from '@preact/signals';
import type { JSX } from 'preact';
import { words } from '../../utils/browser/runtime.ts';
import { createRedactor } from '../../utils/transcript/redaction/redactor.ts';
import type { PreferencesEditor } from './preferences-editor.ts';
import { TryField } from './try-field.tsx';

export function TryHiding({ editor }: { editor: PreferencesEditor }): JSX.Element {
  const redactor = useComputed(() => createRedactor(editor.shown.value.redaction));
  const { redact } = redactor.value;
  return (
    <TryField
      id="try-hiding"
      example="hiddenTryExample"
      hint="hiddenTryHint"
      result={(sentence) => (
        <div role="status">
          {sentence === undefined ? null : <Left sentence={sentence} left={redact(sentence)} />}
        </div>
      )}
    />
  );
}

function Left({ sentence, left }: { sentence: string; left: string }): JSX.Element {
  return (
    <>
      <p class="hint">{words(left === sentence ? 'hiddenTryNone' : 'hiddenTryLeft')}</p>
      <p class="sentence" dir="auto" data-left>
        {left}
      </p>
    </>
  );
}
