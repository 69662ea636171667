/** Sites that are in the list and that the browser does not allow yet, such as an administrator's: one click for all. */
import type { JSX } from 'preact';
import { words } from '../../utils/browser/runtime.ts';
import type { Policy } from '../../utils/settings/policy.ts';

type SitesWaitingProps = { count: number; policy: Policy; allow(): void };

/** Nothing where a button at the site itself does as well. */
export function SitesWaiting({ count, policy, allow }: SitesWaitingProps): JSX.Element | null {
  const isPolicy = 'sites' in policy.locked || 'sites' in policy.defaults;
  if (count === 0 || (count === 1 && !isPolicy)) return null;
  return (
    <div class="sites-waiting" role="note">
      <p>{isPolicy ? wanted(policy.organization, count) : words('sitesWaiting', count)}</p>
      <button id="allow-sites" class="primary" type="button" onClick={allow}>
        {count === 1 ? words('siteAllow') : words('sitesAllowAll', count)}
      </button>
    </div>
  );
}

function wanted(organization: string, count: number): string {
  if (count === 1) {
    return organization === '' ? words('sitesWantedOne') : words('sitesWantedOneBy', organization);
  }
  return organization === '' ? words('sitesWanted', count) : words('sitesWantedBy', organization, count);
}
