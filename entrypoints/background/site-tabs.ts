/**
 * What becomes of the sidebar in a tab through its site: whether it is there because the site opens it, and at which
 * sites the agent has turned it off in this tab. Kept in the session storage, and ended with the tab.
 */
import * as v from 'valibot';
import type { Area } from '../../utils/storage/area.ts';

export type SiteTabs = {
  ready: Promise<void>;
  /** The site because of which the sidebar is in this tab, if it is not there by an agent's click alone. */
  openedAt(tabId: number): string | undefined;
  opened(tabId: number, site: string): void;
  /** From now on it is there, or not, because the agent has clicked. */
  clicked(tabId: number): void;
  isClosed(tabId: number, site: string): boolean;
  close(tabId: number, site: string): void;
  /** The agent has turned it on again there. */
  reopen(tabId: number, site: string): void;
  forget(tabId: number): void;
  move(newTabId: number, oldTabId: number): void;
};

const KEY = 'site-tabs';
/** More sites than this in one tab are not told apart: the oldest is forgotten. */
const MAX_CLOSED = 20;
const tab = v.object({ openedAt: v.optional(v.string()), closed: v.array(v.string()) });
const stored = v.array(v.tuple([v.number(), tab]));
type Tab = v.InferOutput<typeof tab>;

export function createSiteTabs(area: Area): SiteTabs {
  const tabs = new Map<number, Tab>();

  async function load(): Promise<void> {
    const values = await area.read([KEY]).catch((): Record<string, unknown> => ({}));
    const read = v.safeParse(stored, values[KEY]);
    for (const [tabId, known] of read.success ? read.output : []) tabs.set(tabId, known);
  }

  function put(tabId: number, part: Partial<Tab>): void {
    const next = { closed: [], ...tabs.get(tabId), ...part };
    if (next.openedAt === undefined && next.closed.length === 0) tabs.delete(tabId);
    else tabs.set(tabId, next);
    keep();
  }

  /** Without room it is kept in memory alone. */
  function keep(): void {
    void area.write({ [KEY]: [...tabs] }).catch(() => {});
  }

  const isClosed = (tabId: number, site: string) => tabs.get(tabId)?.closed.includes(site) ?? false;

  return {
    ready: load(),
    openedAt: (tabId) => tabs.get(tabId)?.openedAt,
    opened(tabId, site) {
      if (tabs.get(tabId)?.openedAt !== site) put(tabId, { openedAt: site });
    },
    clicked(tabId) {
      if (tabs.get(tabId)?.openedAt !== undefined) put(tabId, { openedAt: undefined });
    },
    isClosed,
    close(tabId, site) {
      if (isClosed(tabId, site)) return;
      const closed = [...(tabs.get(tabId)?.closed ?? []), site].slice(-MAX_CLOSED);
      put(tabId, { closed });
    },
    reopen(tabId, site) {
      const closed = tabs.get(tabId)?.closed ?? [];
      if (closed.includes(site)) put(tabId, { closed: closed.filter((other) => other !== site) });
    },
    forget(tabId) {
      if (tabs.delete(tabId)) keep();
    },
    move(newTabId, oldTabId) {
      const known = tabs.get(oldTabId);
      if (known === undefined) return;
      tabs.delete(oldTabId);
      tabs.set(newTabId, known);
      keep();
    },
  };
}
