/** The hops of a connection, one under the other, each with what was found and what to do. */
import type { JSX } from 'preact';
import { type MessageKey, words } from '../../utils/browser/runtime.ts';
import { type HopName, hopNames } from '../../utils/connection/hops.ts';
import { HelpLink } from '../help/help-link.tsx';
import { HopIcon } from './hop-icon.tsx';
import type { HopState, HopStates } from './hop-run.ts';
import { describeFinding, hopTitles } from './hop-words.ts';

const stateWords: Record<HopState['state'], MessageKey> = {
  waiting: 'hopWaiting',
  running: 'hopRunning',
  unreached: 'hopUnreached',
  good: 'hopGood',
  poor: 'hopPoor',
  unknown: 'hopUnknown',
};

export function HopList({ states }: { states: HopStates }): JSX.Element {
  return (
    <>
      <ol class="hops" aria-label={words('hopsTitle')}>
        {hopNames.map((hop) => (
          <Hop key={hop} hop={hop} found={states[hop]} />
        ))}
      </ol>
      <p class="unseen" role="status">
        {speakNewest(states)}
      </p>
    </>
  );
}

function Hop({ hop, found }: { hop: HopName; found: HopState }): JSX.Element {
  return (
    <li class="hop" data-hop={hop} data-state={found.state}>
      <HopIcon state={found.state} />
      <b>{words(hopTitles[hop])}</b>
      <div class="found">
        <p class={'finding' in found ? 'unseen' : 'still'}>{words(stateWords[found.state])}</p>
        {'finding' in found ? <Found found={found} /> : null}
      </div>
    </li>
  );
}

function Found({ found }: { found: Extract<HopState, { finding: unknown }> }): JSX.Element {
  const { said, todo, help, toInspector } = describeFinding(found.finding, found.atMs);
  return (
    <>
      <p data-said>{said}</p>
      {todo === undefined ? null : <p class="todo">{todo}</p>}
      {help === undefined && !toInspector ? null : (
        <p class="links">
          {toInspector ? <a href="#inspector">{words('hopsInspect')}</a> : null}
          {help === undefined ? null : <HelpLink topic={help} />}
        </p>
      )}
    </>
  );
}

/** For those who hear the page: the hop that was found last, and nothing twice. */
function speakNewest(states: HopStates): string {
  for (const hop of hopNames.toReversed()) {
    const found = states[hop];
    if (!('finding' in found)) continue;
    const { said, todo } = describeFinding(found.finding, found.atMs);
    return `${words(hopTitles[hop])}: ${words(stateWords[found.state])}. ${said} ${todo ?? ''}`;
  }
  return '';
}
