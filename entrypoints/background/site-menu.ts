/** "Always on this site", from the icon's own menu. */
import { originOf, siteSection } from '../../utils/settings/site.ts';

export type SiteMenuDeps = {
  /** To be called first thing in the click. */
  ask(origin: string): Promise<boolean>;
  choose(origin: string, always: boolean): Promise<void>;
  open(tabId: number): Promise<unknown>;
  openOptionsAt(section: string): Promise<void>;
};

/** `url`: of the page in the tab. Where no sidebar can be, the settings say why. */
export function createSiteMenu({ ask, choose, open, openOptionsAt }: SiteMenuDeps) {
  return (tabId: number, url: string): void => {
    const origin = originOf(url);
    if (origin === undefined) return void openOptionsAt(siteSection(url));
    void ask(origin).then(async (isAllowed) => {
      if (!isAllowed) return;
      await choose(origin, true);
      await open(tabId);
    });
  };
}
