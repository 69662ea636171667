/** Which relay's calls are shown where: as was chosen there, else as the site of the page says, else the default's. */
import { findRelay, type Settings } from '../../utils/settings/settings.ts';
import { placeOf } from './agent-actions.ts';
import type { RelayChoices } from './relay-choices.ts';
import type { OpenSidebar } from './sidebar-hub.ts';
import { tabPlace } from './views.ts';

export type ShownRelayDeps = {
  settings(): Settings;
  choices: Pick<RelayChoices, 'get'>;
  /** The origin of the page in a tab, where its script has told of itself. */
  originOf(tabId: number): string | undefined;
  /** The tab whose page a sidebar is beside. */
  pageTab(sidebar: OpenSidebar): number | undefined;
};

export type ShownRelay = {
  /** Empty where no relay is set; `undefined` while it is not known yet where the tab is. */
  inTab(tabId: number): string | undefined;
  /** Empty where no relay is set. */
  inSidebar(sidebar: OpenSidebar): string;
};

export function createShownRelay({ settings, choices, originOf, pageTab }: ShownRelayDeps): ShownRelay {
  function defaultId(): string {
    return findRelay(settings())?.id ?? '';
  }

  /** A relay that was removed since is no choice. */
  function chosenAt(place: string): string | undefined {
    const chosen = choices.get(place);
    return settings().relays.find(({ id }) => id === chosen)?.id;
  }

  function inTab(tabId: number): string | undefined {
    const chosen = chosenAt(tabPlace(tabId));
    if (chosen !== undefined) return chosen;
    const origin = originOf(tabId);
    const { sites } = settings();
    if (origin === undefined && sites.some(({ relay }) => relay !== '')) return undefined;
    const site = sites.find((one) => one.origin === origin);
    return findRelay(settings(), site?.relay)?.id ?? '';
  }

  return {
    inTab,
    inSidebar(sidebar) {
      const chosen = chosenAt(placeOf(sidebar));
      if (chosen !== undefined) return chosen;
      const tabId = pageTab(sidebar);
      return (tabId === undefined ? undefined : inTab(tabId)) ?? defaultId();
    },
  };
}
