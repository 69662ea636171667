/** The toolbar icons: each tells of its own tab, and all of the keywords that were said and not seen. */
import type { IconState } from '../../utils/browser/tabs.ts';
import type { Status } from '../../utils/messaging/sidebar-port.ts';
import { iconFor } from './icon.ts';
import type { TabState } from './tab-toggle.ts';

export type TabIconsDeps = {
  tabs(): ReadonlyMap<number, TabState>;
  /** Of the relay whose calls the tab shows; none before it is known. */
  statusIn(tabId: number): Status | undefined;
  unseen(): number;
  setIcon(tabId: number, icon: IconState): Promise<void>;
};

export type TabIcons = {
  paint(tabId: number, state: TabState | 'off'): void;
  paintAll(): void;
  /** Paints them only where other keywords were said since. */
  alertsChanged(): void;
};

export function createTabIcons({ tabs, statusIn, unseen, setIcon }: TabIconsDeps): TabIcons {
  let painted = 0;

  function paint(tabId: number, state: TabState | 'off'): void {
    const status = statusIn(tabId);
    if (status !== undefined) void setIcon(tabId, iconFor(state, status, painted));
  }

  function paintAll(): void {
    painted = unseen();
    for (const [tabId, state] of tabs()) paint(tabId, state);
  }

  return {
    paint,
    paintAll,
    alertsChanged() {
      if (unseen() !== painted) paintAll();
    },
  };
}
