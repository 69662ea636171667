/** One relay's fields, each stored as it is left, and the test of its connection. */
import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { words } from '../../utils/browser/runtime.ts';
import { relayHost } from '../../utils/settings/relay-title.ts';
import { MAX_RELAY_NAME_LENGTH } from '../../utils/settings/settings.ts';
import { Check } from './check.tsx';
import { addressWords } from './hop-plain-words.ts';
import type { HopRun } from './hop-run.ts';
import { RelayKeep } from './relay-keep.tsx';
import { addressProblemOf, type RelayDraft, type RelayList } from './relay-list.ts';
import { RelayTest } from './relay-test.tsx';
import { RelayToken } from './relay-token.tsx';

type RelayFormProps = {
  relay: RelayDraft;
  list: RelayList;
  run: HopRun;
  /** The administrator set it; only the token is the agent's. */
  isFixed: boolean;
  /** It is the only one. */
  isAlone: boolean;
};

export function RelayForm({ relay, list, run, isFixed, isAlone }: RelayFormProps): JSX.Element {
  const { id, name, address, token, plain, rememberToken } = relay;
  /** An address that is still being typed is not called wrong. */
  const isTouched = useSignal(address !== '');
  const problem = isTouched.value ? addressProblemOf(relay) : undefined;
  const store = () => list.store(id);
  const field = useRef<HTMLInputElement>(null);

  useEffect(() => run.clear, [id]);
  useLayoutEffect(() => {
    // It was just added to the list.
    if (!isAlone && address === '') field.current?.focus();
  }, []);

  async function test(): Promise<void> {
    isTouched.value = true;
    await store();
    await run.start({ address, token, plain, fieldMap: relay.fieldMap });
  }

  return (
    <form
      class="relay"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void test();
      }}
    >
      <div class="field">
        <label for="address">{words('optionsAddress')}</label>
        <input
          id="address"
          ref={field}
          type="text"
          inputMode="url"
          dir="ltr"
          autocomplete="off"
          spellcheck={false}
          aria-describedby="address-hint"
          aria-invalid={problem !== undefined}
          value={address}
          disabled={isFixed}
          onInput={(event) => list.type(id, { address: event.currentTarget.value })}
          onBlur={() => {
            isTouched.value = address.trim() !== '';
            void store();
          }}
        />
        <p
          id="address-hint"
          class={problem === undefined ? 'hint' : 'wrong'}
          data-problem={problem === undefined ? undefined : addressWords[problem]}
        >
          {words(problem === undefined ? 'optionsAddressHint' : addressWords[problem])}
        </p>
      </div>
      <RelayToken
        token={token}
        type={(typed) => list.type(id, { token: typed })}
        leave={() => void store()}
      />
      <RelayKeep
        remember={rememberToken}
        isFixed={isFixed}
        choose={(next) => void list.choose(id, { rememberToken: next })}
      />
      <details class="relay-more" open={name !== '' || plain || !isAlone}>
        <summary>{words('relayMore')}</summary>
        <div class="relay-extras">
          <div class="field">
            <label for="relay-name">{words('relayName')}</label>
            <input
              id="relay-name"
              type="text"
              dir={name === '' ? undefined : 'auto'}
              autocomplete="off"
              maxLength={MAX_RELAY_NAME_LENGTH}
              placeholder={relayHost(relay)}
              aria-describedby="relay-name-hint"
              value={name}
              disabled={isFixed}
              onInput={(event) => list.type(id, { name: event.currentTarget.value })}
              onBlur={() => void store()}
            />
            <p id="relay-name-hint" class="hint">
              {words('relayNameHint')}
            </p>
          </div>
          <fieldset disabled={isFixed}>
            <Check
              id="plain"
              label="optionsPlain"
              hint="optionsPlainHint"
              checked={plain}
              set={(next) => void list.choose(id, { plain: next })}
            />
          </fieldset>
          {isAlone && !isFixed && address !== '' ? (
            <button class="plain" id="remove-relay" type="button" onClick={() => void list.remove(id)}>
              {words('relayRemoveOnly')}
            </button>
          ) : null}
        </div>
      </details>
      <RelayTest relay={relay} run={run} />
    </form>
  );
}
