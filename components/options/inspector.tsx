/** The inspector: the platform's last events as they came, and where in them Earshot finds what it needs. */
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { words } from '../../utils/browser/runtime.ts';
import { isLocked } from '../../utils/settings/policy.ts';
import { relayTitle } from '../../utils/settings/relay-title.ts';
import type { Relay, Settings } from '../../utils/settings/settings.ts';
import { ChosenEvent } from './inspector-chosen.tsx';
import { EventList } from './inspector-list.tsx';
import { MapCard } from './inspector-map.tsx';
import type { InspectorModel } from './inspector-model.ts';
import { Preview } from './inspector-preview.tsx';
import { useOptions } from './options-desk.ts';
import { SelectField } from './select-field.tsx';

export function Inspector(): JSX.Element {
  const { held, policy, inspector: model } = useOptions();
  useEffect(() => model.open(), [model]);
  const relay = model.relay.value;
  return (
    <div class="inspector">
      <h1>{words('optionsInspector')}</h1>
      <p class="intro">{words('inspectorIntro')}</p>
      {relay === undefined ? (
        <p>{words('inspectorNoRelay')}</p>
      ) : (
        <>
          <RelayChoice model={model} relay={relay} settings={held.value} />
          <div class="inspected">
            <EventList model={model} />
            <ChosenEvent model={model} />
            <div class="findings">
              <Preview model={model} />
              <MapCard model={model} isLocked={isLocked(policy.value, 'relays')} />
            </div>
          </div>
        </>
      )}
    </div>
  );
}

type RelayChoiceProps = { model: InspectorModel; relay: Relay; settings: Settings };

/** Nothing where there is but one. */
function RelayChoice({ model, relay, settings: { relays } }: RelayChoiceProps): JSX.Element | null {
  if (relays.length < 2) return null;
  return (
    <SelectField
      id="inspected-relay"
      label="inspectorRelay"
      options={relays.map((one) => ({ value: one.id, label: relayTitle(one) }))}
      value={relay.id}
      choose={model.chooseRelay}
    />
  );
}
