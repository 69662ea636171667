/** Whose calls are shown, where there are two relays or more. */
import type { JSX } from 'preact';
import { words } from '../../utils/browser/runtime.ts';
import { useDesk } from './context.ts';
import type { ShownRelays } from './model.ts';

type RelayChoiceProps = ShownRelays & { close(): void };

export function RelayChoice({ relays, current, close }: RelayChoiceProps): JSX.Element | null {
  const { say } = useDesk();
  if (relays.length < 2) return null;
  return (
    <>
      <hr />
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset may not stand in a menu */}
      <div class="relays" role="group" aria-label={words('stateRelay')}>
        <span class="relays-name" aria-hidden="true">
          {words('stateRelay')}
        </span>
        {relays.map(({ id, name }) => (
          <button
            key={id}
            class="item"
            type="button"
            role="menuitemradio"
            aria-checked={id === current}
            tabIndex={-1}
            data-relay-option={id}
            onClick={() => {
              close();
              if (id !== current) say({ type: 'choose-relay', relayId: id });
            }}
          >
            <bdi>{name}</bdi>
          </button>
        ))}
      </div>
    </>
  );
}

/** What the relay that is shown is called, where it is one of several. */
export function shownRelayName({ relays, current }: ShownRelays): string | undefined {
  return relays.length < 2 ? undefined : relays.find(({ id }) => id === current)?.name;
}
