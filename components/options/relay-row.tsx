/** One of several relays: what it is called, whether it is the default, and its fields while it is the open one. */
import type { JSX } from 'preact';
import { words } from '../../utils/browser/runtime.ts';
import { isLocked } from '../../utils/settings/policy.ts';
import { relayHost, relayTitle } from '../../utils/settings/relay-title.ts';
import type { HopRun } from './hop-run.ts';
import { useOptions } from './options-desk.ts';
import { RelayForm } from './relay-form.tsx';
import type { RelayDraft, RelayList } from './relay-list.ts';
import { RemoveButton } from './remove-button.tsx';

type RelayRowProps = { relay: RelayDraft; list: RelayList; run: HopRun; isFixed: boolean };

export function RelayRow({ relay, list, run, isFixed }: RelayRowProps): JSX.Element {
  const { policy } = useOptions();
  const { id } = relay;
  const isOpen = list.selected.value === id;
  const title = relayTitle(relay) || words('relayUnnamed');
  const host = relayHost(relay);
  return (
    <>
      <div class="relay-head">
        <button
          class="relay-name"
          type="button"
          aria-expanded={isOpen}
          aria-controls={`relay-${id}`}
          onClick={() => list.select(id)}
        >
          <b>{title}</b>
          {host === '' || host === title ? null : <span class="hint">{host}</span>}
        </button>
        <label class="relay-default">
          <input
            type="radio"
            name="default-relay"
            aria-label={words('relayMakeDefault', title)}
            checked={list.defaultRelay.value === id}
            disabled={isLocked(policy.value, 'defaultRelay')}
            onChange={() => void list.makeDefault(id)}
          />
          {words('relayDefault')}
        </label>
        {isFixed ? null : <RemoveButton title={title} remove={() => void list.remove(id)} />}
      </div>
      <div id={`relay-${id}`}>
        {isOpen ? <RelayForm relay={relay} list={list} run={run} isFixed={isFixed} isAlone={false} /> : null}
      </div>
    </>
  );
}
