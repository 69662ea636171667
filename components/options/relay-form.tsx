/** The relay's address and the agent's token, saved and tried at once. */
import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { type MessageKey, words } from '../../utils/browser/runtime.ts';
import type { SessionResult } from '../../utils/connection/machine-types.ts';
import {
  type AddressProblem,
  parseRelayAddress,
  type RelayAddress,
} from '../../utils/connection/relay-address.ts';
import type { StopReason } from '../../utils/connection/state.ts';
import type { Relay } from '../../utils/settings/settings.ts';
import { Check } from './check.tsx';

type RelayFormProps = {
  known: Relay & { token: string };
  save(relay: Relay, token: string): Promise<void>;
  /** Asks the relay whether it takes this token. */
  ask(address: RelayAddress, token: string): Promise<SessionResult>;
};

const addressWords: Record<AddressProblem, MessageKey> = {
  'address-empty': 'addressEmpty',
  'address-not-a-url': 'addressNotAUrl',
  'address-not-websocket': 'addressNotWebsocket',
  'address-not-encrypted': 'addressNotEncrypted',
  'address-holds-secret': 'addressHoldsSecret',
};

type Result = { key: MessageKey; tone: '' | 'good' | 'poor' };

export function RelayForm({ known, save, ask }: RelayFormProps): JSX.Element {
  const form = useSignal(known);
  const addressProblem = useSignal<MessageKey | undefined>(undefined);
  const tokenProblem = useSignal<MessageKey | undefined>(undefined);
  const result = useSignal<Result | undefined>(undefined);

  async function submit(): Promise<void> {
    const { token: typed, ...settings } = form.value;
    const token = typed.trim();
    const parsed = parseRelayAddress(settings.address, settings.plain);
    addressProblem.value = parsed.ok ? undefined : addressWords[parsed.problem];
    const lacksToken = token === '' && !settings.plain;
    tokenProblem.value = lacksToken ? 'tokenEmpty' : undefined;
    result.value = undefined;
    if (!parsed.ok || lacksToken) return;
    try {
      await save(settings, token);
    } catch {
      result.value = { key: 'optionsSaveFailed', tone: 'poor' };
      return;
    }
    if (settings.plain) {
      result.value = { key: 'optionsSavedPlain', tone: '' };
      return;
    }
    result.value = { key: 'optionsChecking', tone: '' };
    result.value = describe(await ask(parsed.address, token));
  }

  return (
    <form
      class="card"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <div class="field">
        <label for="address">{words('optionsAddress')}</label>
        <input
          id="address"
          type="text"
          inputMode="url"
          autocomplete="off"
          spellcheck={false}
          aria-describedby="address-hint"
          aria-invalid={addressProblem.value !== undefined}
          value={form.value.address}
          onInput={(event) => {
            form.value = { ...form.value, address: event.currentTarget.value };
          }}
        />
        <Hint id="address-hint" hint="optionsAddressHint" problem={addressProblem.value} />
      </div>
      <div class="field">
        <label for="token">{words('optionsToken')}</label>
        <input
          id="token"
          type="password"
          autocomplete="off"
          aria-describedby="token-hint"
          aria-invalid={tokenProblem.value !== undefined}
          value={form.value.token}
          onInput={(event) => {
            form.value = { ...form.value, token: event.currentTarget.value };
          }}
        />
        <Hint id="token-hint" hint="optionsTokenHint" problem={tokenProblem.value} />
      </div>
      <Check
        id="remember"
        label="optionsRemember"
        hint="optionsRememberHint"
        checked={form.value.rememberToken}
        set={(rememberToken) => {
          form.value = { ...form.value, rememberToken };
        }}
      />
      <Check
        id="plain"
        label="optionsPlain"
        hint="optionsPlainHint"
        checked={form.value.plain}
        set={(plain) => {
          form.value = { ...form.value, plain };
        }}
      />
      <button class="primary" type="submit">
        {words('optionsSave')}
      </button>
      <p class={`result ${result.value?.tone ?? ''}`} role="status" data-result={result.value?.key}>
        {result.value === undefined ? '' : words(result.value.key)}
      </p>
    </form>
  );
}

function Hint(props: { id: string; hint: MessageKey; problem: MessageKey | undefined }): JSX.Element {
  return (
    <p id={props.id} class={props.problem === undefined ? 'hint' : 'wrong'} data-problem={props.problem}>
      {words(props.problem ?? props.hint)}
    </p>
  );
}

function describe(answer: SessionResult): Result {
  switch (answer.kind) {
    case 'accepted':
      return { key: 'optionsAccepted', tone: 'good' };
    case 'refused':
      return { key: refusalWords(answer.reason), tone: 'poor' };
    case 'later':
      return { key: 'problemOverloaded', tone: 'poor' };
    case 'not-a-relay':
      return { key: 'problemNotARelay', tone: 'poor' };
    case 'unreachable':
      return { key: 'problemUnreachable', tone: 'poor' };
  }
}

function refusalWords(reason: StopReason): MessageKey {
  if (reason === 'token-expired') return 'problemTokenExpired';
  return reason === 'origin-refused' ? 'problemOriginRefused' : 'problemTokenRefused';
}
