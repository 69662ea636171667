/** Whether the sidebar opens by itself on the site of the page beside. */
import type { JSX } from 'preact';
import { hasPermissions } from '../../utils/browser/engine.ts';
import { words } from '../../utils/browser/runtime.ts';
import { askForSites } from '../../utils/browser/sites.ts';
import { isLocked } from '../../utils/settings/policy.ts';
import { siteName, siteSection } from '../../utils/settings/site.ts';
import { setBy } from '../set-by.ts';
import { useDesk } from './context.ts';
import { MenuSwitch } from './menu.tsx';
import type { PageSite } from './model.ts';

/** Nothing where there is no page beside, or none with a site. */
export function SiteSwitch({ site, close }: { site: PageSite; close(): void }): JSX.Element | null {
  const { policy, say } = useDesk();
  if (site === undefined) return null;
  const { origin, always } = site;

  function askInSettings(): void {
    close();
    say({ type: 'open-options', section: siteSection(origin) });
  }

  function turnOn(): void {
    // Firefox has no permissions in a frame of somebody's page (seen in 153): its settings page asks instead.
    if (!hasPermissions()) return askInSettings();
    // First of all: after anything else the browser may no longer take it for an answer to the click.
    void askForSites([origin]).then((isAllowed) => {
      if (isAllowed) say({ type: 'always', origin, always: true });
    }, askInSettings);
  }

  return (
    <MenuSwitch
      label={words('alwaysOnSite', siteName(origin))}
      checked={always}
      heldBy={isLocked(policy.value, 'sites') ? setBy(policy.value) : undefined}
      run={() => (always ? say({ type: 'always', origin, always: false }) : turnOn())}
    />
  );
}
