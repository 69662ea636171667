/** Where the overlay of each tab lies: as the preferences say, or meanwhile as it is dragged. */
import type { Layout } from '../../utils/messaging/overlay-messages.ts';
import { decodePreferences, type Preferences } from '../../utils/settings/preferences.ts';
import { clampWidth } from '../../utils/settings/width.ts';
import { tabPlace, type Views } from './views.ts';

export type Layouts = {
  of(tabId: number): Layout;
  /** From now on this tab's overlay has this width, until the preferences change. */
  drag(tabId: number, width: number): void;
  setPreferences(preferences: Preferences): void;
};

export function createLayouts(views: Pick<Views, 'get'>): Layouts {
  let { side, width, room } = decodePreferences(undefined);
  const dragged = new Map<number, number>();
  return {
    of: (tabId) => ({
      side,
      width: dragged.get(tabId) ?? width,
      room,
      collapsed: views.get(tabPlace(tabId))?.collapsed ?? false,
    }),
    drag(tabId, wanted) {
      dragged.set(tabId, clampWidth(wanted));
    },
    setPreferences(preferences) {
      ({ side, width, room } = preferences);
      dragged.clear();
    },
  };
}
