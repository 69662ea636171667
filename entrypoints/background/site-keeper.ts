/**
 * Keeps three things in step: the sites of the settings, the browser's permission for each, and the script that opens
 * the sidebar there. A site whose permission was taken away stays in the settings, and nothing runs on it.
 */
import * as v from 'valibot';
import { isSite, originOf } from '../../utils/settings/site.ts';
import type { Area } from '../../utils/storage/area.ts';

export type SiteKeeperDeps = {
  /** Ends with the browser session. */
  area: Area;
  /** The origins of the settings. */
  readSites(): Promise<readonly string[]>;
  mayStandOn(origin: string): Promise<boolean>;
  /** The script runs on these sites from now on, and on no other. */
  register(origins: readonly string[]): Promise<void>;
  /** Gives back the permission for `origins` as far as `kept` can do without it. */
  giveBack(origins: readonly string[], kept: readonly string[]): Promise<void>;
  tabsOf(origin: string): Promise<readonly number[]>;
  /** Opens the sidebar in a tab of a site that has just become one. */
  open(tabId: number): Promise<unknown>;
  /** Which sites open it has changed. */
  changed(): void;
};

export type SiteKeeper = {
  /** Resolves once it is known where the sidebar opens by itself. */
  ready: Promise<void>;
  /** Sites or permissions may have changed. */
  look(): Promise<void>;
  /** The origin of a page where the sidebar opens by itself. */
  siteAt(url: string | undefined): string | undefined;
};

const KEY = 'sites';
/** `listed`: the sites of the settings. `open`: those of them where the browser lets the sidebar open. */
const storedSites = v.object({ listed: v.array(v.string()), open: v.array(v.string()) });
type Sites = v.InferOutput<typeof storedSites>;

export function createSiteKeeper(deps: SiteKeeperDeps): SiteKeeper {
  const { area } = deps;
  let sites: Sites = { listed: [], open: [] };
  let last = load();
  const ready = look();

  /** What an earlier life of the worker saw: only what differs from it is new. */
  async function load(): Promise<void> {
    const values = await area.read([KEY]).catch((): Record<string, unknown> => ({}));
    const stored = v.safeParse(storedSites, values[KEY]);
    if (stored.success) sites = stored.output;
  }

  /** One look after another: two at once could each undo what the other did. */
  function look(): Promise<void> {
    last = last.then(reconcile).catch(() => {});
    return last;
  }

  async function reconcile(): Promise<void> {
    const before = sites;
    const listed = (await deps.readSites()).filter(isSite);
    const allowed = await Promise.all(listed.map((origin) => deps.mayStandOn(origin).catch(() => false)));
    const open = listed.filter((_, at) => allowed[at]);
    await deps.register(open);
    sites = { listed, open };
    if (isSame(before, sites)) return;
    // Without room it is kept in memory alone.
    await area.write({ [KEY]: sites }).catch(() => {});
    deps.changed();
    const dropped = before.listed.filter((origin) => !listed.includes(origin));
    if (dropped.length > 0) await deps.giveBack(dropped, listed).catch(() => {});
    for (const origin of open) if (!before.open.includes(origin)) void openIn(origin);
  }

  async function openIn(origin: string): Promise<void> {
    const tabIds = await deps.tabsOf(origin).catch((): readonly number[] => []);
    await Promise.allSettled(tabIds.map(deps.open));
  }

  return {
    ready,
    look,
    siteAt(url) {
      const origin = url === undefined ? undefined : originOf(url);
      return origin !== undefined && sites.open.includes(origin) ? origin : undefined;
    },
  };
}

function isSame(one: Sites, other: Sites): boolean {
  return one.listed.join() === other.listed.join() && one.open.join() === other.open.join();
}
