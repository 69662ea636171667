/**
 * Which tabs have the sidebar. An agent's click turns it on or off in that tab only; the choice is kept in the
 * session storage, so that it outlives the worker and a reload, and ends with the tab. A site may turn it on too:
 * then it is off again, quietly, wherever else the tab goes.
 */
import * as v from 'valibot';
import type { ToOverlay } from '../../utils/messaging/overlay-messages.ts';
import type { Area } from '../../utils/storage/area.ts';
import type { SiteTabs } from './site-tabs.ts';

/**
 * `on`: it is up. `left`: it was on, and the tab has gone to a site where only a new click may put it.
 * `refused`: the page lets no extension in. A tab that is not listed is off.
 */
const tabState = v.picklist(['on', 'left', 'refused']);
export type TabState = v.InferOutput<typeof tabState>;
const storedTabs = v.array(v.tuple([v.number(), tabState]));

export type TabToggleDeps = {
  area: Area;
  siteTabs: SiteTabs;
  /** The site whose page the tab shows, if the sidebar opens there by itself. */
  siteOf(tabId: number): Promise<string | undefined>;
  /** The origin of the page in the tab, where the browser tells it. */
  originOf(tabId: number): Promise<string | undefined>;
  inject(tabId: number): Promise<void>;
  tell(tabId: number, message: ToOverlay): Promise<boolean>;
  pause(ms: number): Promise<void>;
  /** Called after every change, with the tab that changed. */
  changed(tabId: number, state: TabState | 'off'): void;
};

export type TabToggle = {
  /** Resolves once the tabs are known; everything below waits for it by itself. */
  ready: Promise<void>;
  toggle(tabId: number): Promise<void>;
  /** Turns the sidebar on; `false` where the page lets nobody in, or the agent must click there first. */
  open(tabId: number): Promise<boolean>;
  close(tabId: number): Promise<void>;
  /**
   * The tab shows a site where the sidebar opens by itself: turns it on, unless the agent has turned it off there.
   * Gives whether it is on.
   */
  arrive(tabId: number): Promise<boolean>;
  /** A new document stands in the tab: puts the sidebar there again if the tab has it. */
  restore(tabId: number): Promise<void>;
  forget(tabId: number): Promise<void>;
  move(newTabId: number, oldTabId: number): Promise<void>;
  isOn(tabId: number): boolean;
  tabs(): ReadonlyMap<number, TabState>;
};

const KEY = 'tabs';
const INJECT_AGAIN_MS = [100, 300, 0];

export function createTabToggle(deps: TabToggleDeps): TabToggle {
  const { area, siteTabs, siteOf, originOf, inject, tell, pause, changed } = deps;
  const tabs = new Map<number, TabState>();
  const ready = Promise.all([load(), siteTabs.ready]).then(() => {});
  const queues = new Map<number, Promise<void>>();
  /** In these it is being put back. A click now, whose grant may be what lets it in, is for it to come. */
  const missing = new Set<number>();

  async function load(): Promise<void> {
    const values = await area.read([KEY]).catch((): Record<string, unknown> => ({}));
    const stored = v.safeParse(storedTabs, values[KEY]);
    for (const [tabId, state] of stored.success ? stored.output : []) tabs.set(tabId, state);
  }

  /** One change of a tab after another: two quick clicks are on and off. A tab that hangs holds up no other. */
  function inTurn(tabId: number, work: () => Promise<void>): Promise<void> {
    const turn = (queues.get(tabId) ?? ready).then(work);
    const settled = turn
      .catch(() => {})
      .then(() => {
        if (queues.get(tabId) === settled) queues.delete(tabId);
      });
    queues.set(tabId, settled);
    return turn;
  }

  async function put(tabId: number, state: TabState | 'off'): Promise<void> {
    if (state === 'off') tabs.delete(tabId);
    else tabs.set(tabId, state);
    changed(tabId, state);
    await keep();
  }

  /** Without room it is kept in memory alone: an agent's click must work all the same. */
  async function keep(): Promise<void> {
    await area.write({ [KEY]: [...tabs] }).catch(() => {});
  }

  async function show(tabId: number, otherwise: TabState | 'off'): Promise<void> {
    if (await tell(tabId, { type: 'overlay:probe' })) return put(tabId, 'on');
    // The sidebar's port may open before the injection is reported, so the tab counts as on from here.
    tabs.set(tabId, 'on');
    if (otherwise === 'left') missing.add(tabId);
    await put(tabId, (await injectPatiently(tabId)) ? 'on' : otherwise);
    missing.delete(tabId);
  }

  /** On a busy machine a browser may hand out the click's grant after the click: one refusal is not the last word. */
  async function injectPatiently(tabId: number): Promise<boolean> {
    for (const pauseMs of INJECT_AGAIN_MS) {
      const injected = await inject(tabId).then(
        () => true,
        () => false,
      );
      if (injected) return true;
      await pause(pauseMs);
    }
    return false;
  }

  async function showByHand(tabId: number): Promise<void> {
    await show(tabId, 'refused');
    const site = await siteOf(tabId);
    if (site === undefined) return siteTabs.clicked(tabId);
    siteTabs.reopen(tabId, site);
    siteTabs.opened(tabId, site);
  }

  async function hide(tabId: number): Promise<void> {
    siteTabs.clicked(tabId);
    await put(tabId, 'off');
    await tell(tabId, { type: 'overlay:remove' });
    const site = await siteOf(tabId);
    if (site !== undefined) siteTabs.close(tabId, site);
  }

  /** `false`: the page is of no such site, or the agent has turned it off there. */
  async function showBySite(tabId: number): Promise<boolean> {
    const site = await siteOf(tabId);
    if (site === undefined || siteTabs.isClosed(tabId, site)) return false;
    siteTabs.opened(tabId, site);
    await show(tabId, 'off');
    return true;
  }

  /** A site has opened it, and the page there now is another's: also one that our script may still be in. */
  async function hasLeftSite(tabId: number): Promise<boolean> {
    const site = siteTabs.openedAt(tabId);
    const origin = site === undefined ? undefined : await originOf(tabId);
    return origin !== undefined && origin !== site;
  }

  async function arrive(tabId: number): Promise<void> {
    const wasOn = tabs.get(tabId) === 'on';
    if (wasOn && !(await hasLeftSite(tabId))) return;
    if (!(await showBySite(tabId)) && wasOn) await put(tabId, 'off');
  }

  async function restore(tabId: number): Promise<void> {
    if (!tabs.has(tabId)) return;
    if (siteTabs.openedAt(tabId) === undefined) return show(tabId, 'left');
    // It stays as long as its page does, also on a site that is no longer one.
    const stays = !(await hasLeftSite(tabId)) && (await tell(tabId, { type: 'overlay:probe' }));
    if (stays) return put(tabId, 'on');
    if (!(await showBySite(tabId))) await put(tabId, 'off');
  }

  return {
    ready,
    toggle(tabId) {
      const isMissed = missing.delete(tabId);
      return inTurn(tabId, () => (tabs.get(tabId) === 'on' && !isMissed ? hide(tabId) : showByHand(tabId)));
    },
    async open(tabId) {
      await inTurn(tabId, async () => (tabs.get(tabId) === 'on' ? undefined : showByHand(tabId)));
      return tabs.get(tabId) === 'on';
    },
    close: (tabId) => inTurn(tabId, () => hide(tabId)),
    async arrive(tabId) {
      await inTurn(tabId, () => arrive(tabId));
      return tabs.get(tabId) === 'on';
    },
    restore: (tabId) => inTurn(tabId, () => restore(tabId)),
    forget: (tabId) =>
      inTurn(tabId, async () => {
        const isKnown = tabs.has(tabId) || siteTabs.openedAt(tabId) !== undefined;
        siteTabs.forget(tabId);
        if (isKnown) await put(tabId, 'off');
      }),
    move: (newTabId, oldTabId) =>
      inTurn(oldTabId, async () => {
        siteTabs.move(newTabId, oldTabId);
        const state = tabs.get(oldTabId);
        if (state === undefined) return;
        tabs.delete(oldTabId);
        await put(newTabId, state);
        changed(oldTabId, 'off');
      }),
    isOn: (tabId) => tabs.get(tabId) === 'on',
    tabs: () => tabs,
  };
}
