/** What belongs to a tab beside its sidebar: what was read there, and whose calls were chosen. It goes with the tab. */
import type { RelayChoices } from './relay-choices.ts';
import { tabPlace, type Views } from './views.ts';

export type TabPlaces = {
  ready: Promise<void>;
  removed(tabId: number): void;
  moved(newTabId: number, oldTabId: number): void;
};

export function createTabPlaces(views: Views, choices: RelayChoices): TabPlaces {
  return {
    ready: Promise.all([views.ready, choices.ready]).then(() => {}),
    removed: (tabId) => choices.drop(tabPlace(tabId)),
    moved(newTabId, oldTabId) {
      const view = views.get(tabPlace(oldTabId));
      if (view !== undefined) views.put(tabPlace(newTabId), view);
      const chosen = choices.get(tabPlace(oldTabId));
      if (chosen !== undefined) choices.put(tabPlace(newTabId), chosen);
      choices.drop(tabPlace(oldTabId));
    },
  };
}
