/** One site: whether the sidebar opens there, which relay's calls it shows, and the way out of the list. */
import type { JSX } from 'preact';
import { words } from '../../utils/browser/runtime.ts';
import { relayTitle } from '../../utils/settings/relay-title.ts';
import type { Relay } from '../../utils/settings/settings.ts';
import { siteName } from '../../utils/settings/site.ts';
import { RemoveButton } from './remove-button.tsx';
import type { ListedSite } from './sites-list.ts';

type SiteRowProps = {
  site: ListedSite;
  /** `undefined` until the browser has answered. */
  isAllowed: boolean | undefined;
  isLocked: boolean;
  /** Where there is but one, none is chosen. */
  relays: readonly Relay[];
  allow(): void;
  remove(): void;
  setRelay(relay: string): void;
};

export function SiteRow(props: SiteRowProps): JSX.Element {
  const { site, isAllowed, isLocked, relays, allow, remove, setRelay } = props;
  const name = siteName(site.origin);
  const state = isAllowed === undefined ? 'unknown' : isAllowed ? 'on' : 'waiting';
  return (
    <div class="site" data-state={state}>
      <div class="site-name">
        <bdi>{name}</bdi>
        <p class={isAllowed === false ? 'wrong' : 'hint'}>
          {isAllowed === undefined ? '' : words(isAllowed ? 'siteOn' : 'siteNotAllowed')}
        </p>
      </div>
      <div class="site-hands">
        {isAllowed === false ? (
          <button class="secondary" type="button" aria-label={words('siteAllowNamed', name)} onClick={allow}>
            {words('siteAllow')}
          </button>
        ) : null}
        {relays.length > 1 ? (
          <select
            aria-label={words('siteRelay', name)}
            disabled={isLocked}
            value={relays.some(({ id }) => id === site.relay) ? site.relay : ''}
            onChange={(event) => setRelay(event.currentTarget.value)}
          >
            <option value="">{words('siteRelayDefault')}</option>
            {relays.map((relay) => (
              <option key={relay.id} value={relay.id}>
                {relayTitle(relay)}
              </option>
            ))}
          </select>
        ) : null}
        {isLocked ? null : <RemoveButton title={name} remove={remove} />}
      </div>
    </div>
  );
}
