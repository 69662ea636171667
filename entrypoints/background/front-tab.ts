/**
 * The page that a panel or a window stands beside: the tab in front. Where the agent has let Earshot in before (a click
 * on its icon since the page was opened), its script is put there to know the record and to take the note; anywhere
 * else the browser refuses, and the sidebar has no page.
 */
export type FrontTabDeps = {
  /** Whether a sidebar stands beside the pages. */
  isWanted(): boolean;
  lastActiveTab(): Promise<number | undefined>;
  hasOverlay(tabId: number): boolean;
  /** Rejects where the browser does not let us in. */
  inject(tabId: number): Promise<void>;
  changed(): void;
};

export type FrontTab = {
  /** The tab in front may be another one now, or show another page. */
  look(): Promise<void>;
  tabId(): number | undefined;
};

export function createFrontTab(deps: FrontTabDeps): FrontTab {
  let current: number | undefined;

  return {
    async look() {
      if (!deps.isWanted()) return;
      const tabId = await deps.lastActiveTab().catch(() => undefined);
      current = tabId;
      deps.changed();
      // The script's port tells of itself.
      if (tabId !== undefined && !deps.hasOverlay(tabId)) await deps.inject(tabId).catch(() => {});
    },
    tabId: () => current,
  };
}
