/** Which relays are to be connected: those that a tab with the sidebar or another surface shows, or that are watched. */
import type { ShownRelay } from './shown-relay.ts';
import type { OpenSidebar } from './sidebar-hub.ts';
import type { TabState } from './tab-toggle.ts';

export type Wanting = {
  watched: ReadonlySet<string>;
  sidebars: readonly OpenSidebar[];
  tabs: ReadonlyMap<number, TabState>;
  shown: ShownRelay;
};

export function wantedRelays({ watched, sidebars, tabs, shown }: Wanting): ReadonlySet<string> {
  const elsewhere = sidebars.filter(({ surface }) => surface !== 'overlay').map(shown.inSidebar);
  const inTabs = [...tabs].flatMap(([tabId, state]) => {
    const relayId = state === 'on' ? shown.inTab(tabId) : undefined;
    return relayId === undefined ? [] : [relayId];
  });
  return new Set([...watched, ...elsewhere, ...inTabs]);
}
