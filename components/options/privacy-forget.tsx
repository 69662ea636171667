/** Forgets every call at once, after a question that says what goes and what stays. */
import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { words } from '../../utils/browser/runtime.ts';
import { HelpLink } from '../help/help-link.tsx';
import { askLine } from './ask-line.ts';
import { useOptions } from './options-desk.ts';

type Step = 'idle' | 'asking' | 'running' | 'done' | 'failed';

export function PrivacyForget(): JSX.Element {
  const { openLine } = useOptions();
  const step = useSignal<Step>('idle');
  const opener = useRef<HTMLButtonElement>(null);
  const safe = useRef<HTMLButtonElement>(null);
  const isAsking = step.value === 'asking';
  useLayoutEffect(() => {
    if (!isAsking) return undefined;
    safe.current?.focus();
    return () => opener.current?.focus();
  }, [isAsking]);

  async function forget(): Promise<void> {
    step.value = 'running';
    const answer = await askLine(openLine, { type: 'forget' }, 'forgotten');
    step.value = answer === undefined ? 'failed' : 'done';
  }

  return (
    <div class="part" data-forget={step.value}>
      <h3>{words('forgetTitle')}</h3>
      <p class="hint">{words('forgetHint')}</p>
      <button
        ref={opener}
        class="secondary"
        type="button"
        id="forget"
        hidden={isAsking}
        aria-disabled={step.value === 'running'}
        onClick={() => {
          if (step.peek() !== 'running') step.value = 'asking';
        }}
      >
        {words('forgetAll')}
      </button>
      {isAsking ? (
        <div
          class="question"
          role="alertdialog"
          aria-labelledby="forget-question"
          aria-describedby="forget-more"
          onKeyDown={({ key }) => {
            if (key === 'Escape') step.value = 'idle';
          }}
        >
          <p id="forget-question">
            <strong>{words('forgetQuestion')}</strong>
          </p>
          <p id="forget-more">{words('forgetMore')}</p>
          <div class="buttons">
            <button class="danger" type="button" id="forget-confirm" onClick={() => void forget()}>
              {words('forgetTitle')}
            </button>
            <button
              ref={safe}
              class="secondary"
              type="button"
              onClick={() => {
                step.value = 'idle';
              }}
            >
              {words('forgetCancel')}
            </button>
          </div>
        </div>
      ) : null}
      <p class={`result ${step.value === 'done' ? 'good' : 'poor'}`} role="status">
        {step.value === 'done' ? words('forgetDone') : null}
        {step.value === 'failed' ? (
          <>
            {words('backgroundSilent')} <HelpLink topic="storage" />
          </>
        ) : null}
      </p>
    </div>
  );
}
