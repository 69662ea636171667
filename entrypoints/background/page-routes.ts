/** Which page a sidebar stands beside, and what it is told of that page. */
import { isSite } from '../../utils/settings/site.ts';
import type { FrontTab } from './front-tab.ts';
import type { OverlayHub } from './overlay-hub.ts';
import type { OpenSidebar, SidebarHub } from './sidebar-hub.ts';

export type PageRoutesDeps = {
  sidebars: SidebarHub['sidebars'];
  overlays: Pick<OverlayHub, 'originOf' | 'pageOf' | 'targetOf' | 'tabs'>;
  frontTab: Pick<FrontTab, 'tabId'>;
  hasOwnSidebar(tabId: number): boolean;
  /** Whether the sidebar opens by itself on this site. */
  isAlways(origin: string): boolean;
  /** Takes our script out of a page. */
  remove(tabId: number): void;
};

export type PageRoutes = {
  /** A sidebar stands beside the pages, in a panel or a window. */
  isElsewhere(): boolean;
  /** The tab whose page a sidebar is beside. */
  pageTab(sidebar: OpenSidebar): number | undefined;
  sidebarsBeside(tabId: number): OpenSidebar[];
  tellPage(sidebar: OpenSidebar): void;
  /** On which sites the sidebar opens by itself, or on which one a page is, may be otherwise now. */
  sitesChanged(): void;
  /** The page in front is another one: those that stand beside the pages hear of it. */
  frontChanged(): void;
  /** The last panel or window is closed: no script stays in a page whose own sidebar is off. */
  leaveHandsOff(): void;
};

/** `deps` is asked for when it is first needed: these parts know each other. */
export function createPageRoutes(deps: () => PageRoutesDeps): PageRoutes {
  function isElsewhere(): boolean {
    return deps()
      .sidebars()
      .some(({ surface }) => surface !== 'overlay');
  }

  function pageTab({ surface, tabId }: OpenSidebar): number | undefined {
    return surface === 'overlay' ? tabId : deps().frontTab.tabId();
  }

  function tellSite(sidebar: OpenSidebar): void {
    const { overlays, isAlways } = deps();
    const tabId = pageTab(sidebar);
    const origin = tabId === undefined ? undefined : overlays.originOf(tabId);
    const site = origin !== undefined && isSite(origin) ? { origin, always: isAlways(origin) } : undefined;
    sidebar.tell({ type: 'site', site });
  }

  function tellPage(sidebar: OpenSidebar): void {
    const { overlays } = deps();
    const tabId = pageTab(sidebar);
    sidebar.tell({ type: 'page', page: tabId === undefined ? undefined : overlays.pageOf(tabId) });
    sidebar.tell({ type: 'target', target: tabId === undefined ? undefined : overlays.targetOf(tabId) });
    tellSite(sidebar);
  }

  return {
    isElsewhere,
    pageTab,
    sidebarsBeside: (tabId) =>
      deps()
        .sidebars()
        .filter((sidebar) => pageTab(sidebar) === tabId),
    tellPage,
    sitesChanged() {
      for (const sidebar of deps().sidebars()) tellSite(sidebar);
    },
    frontChanged() {
      for (const sidebar of deps().sidebars()) if (sidebar.surface !== 'overlay') tellPage(sidebar);
    },
    leaveHandsOff() {
      if (isElsewhere()) return;
      const { overlays, hasOwnSidebar, remove } = deps();
      for (const tabId of overlays.tabs()) if (!hasOwnSidebar(tabId)) remove(tabId);
    },
  };
}
