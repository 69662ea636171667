/** The second step: the administrator's setup link, taken as soon as it is pasted. */
import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { type MessageKey, words } from '../../utils/browser/runtime.ts';
import { isLocked } from '../../utils/settings/policy.ts';
import { relayHost, relayTitle } from '../../utils/settings/relay-title.ts';
import { findRelay, MAX_RELAYS, type Relay } from '../../utils/settings/settings.ts';
import { setBy } from '../set-by.ts';
import { Check } from './check.tsx';
import { addressWords } from './hop-plain-words.ts';
import { useOptions } from './options-desk.ts';
import { type TakenSetup, takeSetup } from './start-setup.ts';
import { StartStep } from './start-step.tsx';

type Problem = Extract<TakenSetup, { ok: false }>['problem'] | 'not-stored';

const problemWords: Record<Problem, MessageKey> = {
  ...addressWords,
  empty: 'setupEmpty',
  'too-long': 'setupTooLong',
  'not-a-setup': 'setupNotOne',
  'cut-short': 'setupCutShort',
  'no-relay': 'setupNoRelay',
  full: 'relayFull',
  'not-stored': 'optionsSaveFailed',
};

export function StartConnect(): JSX.Element {
  const { held, policy } = useOptions();
  const relay = findRelay(held.value);
  const isFixed = isLocked(policy.value, 'relays');
  return (
    <StartStep
      id="connect"
      number={2}
      title="startConnect"
      done={relay === undefined ? undefined : describeRelay(relay)}
    >
      {isFixed ? <p class="hint">{setBy(policy.value)}</p> : <SetupField relay={relay} />}
    </StartStep>
  );
}

function SetupField({ relay }: { relay: Relay | undefined }): JSX.Element {
  const { settings, held } = useOptions();
  const text = useSignal('');
  const problem = useSignal<Problem | undefined>(undefined);
  /** Whether the link that was taken held a token; `undefined`: none was taken here. */
  const hadToken = useSignal<boolean | undefined>(undefined);

  async function take(typed: string): Promise<void> {
    text.value = typed;
    const taken = takeSetup(typed, held.peek().relays, () => crypto.randomUUID());
    problem.value = taken.ok || taken.problem === 'empty' ? undefined : taken.problem;
    if (!taken.ok) return;
    try {
      const token = taken.token || (await settings.tokenOf(taken.relay));
      await settings.putRelay(taken.relay, token);
      await settings.change((all) => ({ ...all, defaultRelay: taken.relay.id }));
      // The link holds a secret, and has done its work.
      text.value = '';
      hadToken.value = taken.token !== '';
    } catch {
      problem.value = 'not-stored';
    }
  }

  async function remember(rememberToken: boolean): Promise<void> {
    if (relay === undefined) return;
    try {
      await settings.putRelay({ ...relay, rememberToken }, await settings.tokenOf(relay));
    } catch {
      problem.value = 'not-stored';
    }
  }

  return (
    <>
      <div class="field">
        <label for="setup">{words('startSetup')}</label>
        <textarea
          id="setup"
          rows={2}
          autocomplete="off"
          spellcheck={false}
          dir="ltr"
          placeholder="earshot:…"
          aria-describedby="setup-hint"
          aria-invalid={problem.value !== undefined}
          value={text.value}
          onInput={(event) => void take(event.currentTarget.value)}
        />
        <p
          id="setup-hint"
          class={problem.value === undefined ? 'hint' : 'wrong'}
          data-problem={problem.value}
          role="status"
        >
          {words(problem.value === undefined ? 'startSetupHint' : problemWords[problem.value], MAX_RELAYS)}
        </p>
      </div>
      {hadToken.value === undefined || relay === undefined ? null : (
        <p class="taken" role="status" data-token={hadToken.value}>
          {words(hadToken.value ? 'startTaken' : 'startTakenBare', relayHost(relay))}
        </p>
      )}
      {relay === undefined || relay.plain ? null : (
        <Check
          id="start-remember"
          label="optionsRemember"
          hint="optionsRememberHint"
          checked={relay.rememberToken}
          set={(on) => void remember(on)}
        />
      )}
      <p class="hint">
        <a href="#relays">{words('startByHand')}</a>
      </p>
    </>
  );
}

function describeRelay(relay: Relay): string {
  const [title, host] = [relayTitle(relay), relayHost(relay)];
  return title === host ? words('startConnectDone', host) : words('startConnectNamed', title, host);
}
