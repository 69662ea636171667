/** The button that tests a relay's connection, and what it found for the relay as it is typed now. */
import type { JSX } from 'preact';
import { words } from '../../utils/browser/runtime.ts';
import { hopNames } from '../../utils/connection/hops.ts';
import { HopList } from './hop-list.tsx';
import type { HopRun, HopStates } from './hop-run.ts';
import type { RelayDraft } from './relay-list.ts';

export function RelayTest({ relay, run }: { relay: RelayDraft; run: HopRun }): JSX.Element {
  const target = run.target.value;
  const isOfThis =
    target !== undefined &&
    target.address.trim() === relay.address.trim() &&
    target.token.trim() === relay.token.trim() &&
    target.plain === relay.plain;
  return (
    <div class="relay-test">
      <div class="add">
        <button class="primary" id="test-connection" type="submit">
          {words('hopsTest')}
        </button>
        {isOfThis && run.isRunning.value ? (
          <button class="plain" type="button" onClick={run.cancel}>
            {words('hopsStop')}
          </button>
        ) : null}
      </div>
      {isOfThis ? (
        <>
          <HopList states={run.states.value} />
          <Outcome states={run.states.value} isRunning={run.isRunning.value} />
        </>
      ) : null}
    </div>
  );
}

/** Nothing where a hop has said what is wrong. */
function Outcome({ states, isRunning }: { states: HopStates; isRunning: boolean }): JSX.Element {
  const all = hopNames.map((hop) => states[hop].state);
  const isThrough = !isRunning && all.every((state) => state === 'good' || state === 'unknown');
  const isGood = all.every((state) => state === 'good');
  return (
    <p class={`result ${isThrough && isGood ? 'good' : ''}`} role="status" data-outcome={isThrough}>
      {isThrough ? words(isGood ? 'hopsAllGood' : 'hopsNothingWrong') : null}
    </p>
  );
}
