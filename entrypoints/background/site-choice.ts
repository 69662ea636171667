/** A site is added to the settings, or taken out, by a click elsewhere than on the settings page. */

import type { SettingsStore } from '../../utils/settings/settings-store.ts';
import { isSite } from '../../utils/settings/site.ts';

export type SiteChoiceDeps = {
  settings: Pick<SettingsStore, 'read' | 'change'>;
  /** Gives back the permission for `origins` as far as `kept` can do without it. */
  giveBack(origins: readonly string[], kept: readonly string[]): Promise<void>;
};

/** A site that finds no place there, because the list is full or locked, keeps no permission either. */
export function createSiteChoice({ settings, giveBack }: SiteChoiceDeps) {
  return async (origin: string, always: boolean): Promise<void> => {
    if (!isSite(origin)) return;
    await settings.change((before) => {
      const others = before.sites.filter((site) => site.origin !== origin);
      if (!always) return { ...before, sites: others };
      const isKnown = others.length < before.sites.length;
      return isKnown ? before : { ...before, sites: [...others, { origin, relay: '' }] };
    });
    if (!always) return;
    const listed = (await settings.read()).sites.map((site) => site.origin);
    if (!listed.includes(origin)) await giveBack([origin], listed);
  };
}
