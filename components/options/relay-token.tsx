/** The agent's token for a relay: hidden until it is asked to be shown. */
import { useSignal } from '@preact/signals';
import type { JSX, TargetedInputEvent } from 'preact';
import { words } from '../../utils/browser/runtime.ts';

type RelayTokenProps = {
  token: string;
  type(token: string): void;
  /** The field was left. */
  leave(): void;
};

export function RelayToken({ token, type, leave }: RelayTokenProps): JSX.Element {
  const isShown = useSignal(false);
  const field = {
    id: 'token',
    autocomplete: 'off',
    spellcheck: false,
    'aria-describedby': 'token-hint',
    value: token,
    onInput: (event: TargetedInputEvent<HTMLInputElement>) => type(event.currentTarget.value),
    onBlur: leave,
  } as const;
  return (
    <div class="field">
      <label for="token">{words('optionsToken')}</label>
      <div class="token" dir="ltr">
        {isShown.value ? <input {...field} type="text" /> : <input {...field} type="password" />}
        <button
          class="plain"
          id="show-token"
          type="button"
          aria-label={words(isShown.value ? 'relayHideTokenOf' : 'relayShowTokenOf')}
          onClick={() => {
            isShown.value = !isShown.value;
          }}
        >
          {words(isShown.value ? 'relayHideToken' : 'relayShowToken')}
        </button>
      </div>
      <p id="token-hint" class="hint">
        {words('optionsTokenHint')}
      </p>
    </div>
  );
}
