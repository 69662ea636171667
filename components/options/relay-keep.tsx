/** For how long a token is kept, and where: said plainly, since one of the two is a risk. */
import type { JSX } from 'preact';
import { type MessageKey, words } from '../../utils/browser/runtime.ts';

type RelayKeepProps = { remember: boolean; isFixed: boolean; choose(remember: boolean): void };

export function RelayKeep({ remember, isFixed, choose }: RelayKeepProps): JSX.Element {
  const option = (id: string, value: boolean, label: MessageKey, hint: MessageKey) => (
    <div class="check">
      <input
        id={id}
        type="radio"
        name="keep-token"
        aria-describedby={`${id}-hint`}
        checked={remember === value}
        onChange={() => choose(value)}
      />
      <label for={id}>{words(label)}</label>
      <p class="hint" id={`${id}-hint`}>
        {words(hint)}
      </p>
    </div>
  );
  return (
    <fieldset class="keep" disabled={isFixed}>
      <legend>{words('relayKeep')}</legend>
      {option('keep-session', false, 'relayKeepSession', 'relayKeepSessionHint')}
      {option('remember', true, 'relayKeepAlways', 'relayKeepAlwaysHint')}
    </fieldset>
  );
}
