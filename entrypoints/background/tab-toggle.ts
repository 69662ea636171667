/**
 * Which tabs have the sidebar. An agent's click turns it on or off in that tab only; the choice is kept in the
 * session storage, so that it outlives the worker and a reload, and ends with the tab.
 */
import * as v from 'valibot';
import type { ToOverlay } from '../../utils/messaging/overlay-messages.ts';
import type { Area } from '../../utils/storage/area.ts';

/**
 * `on`: it is up. `left`: it was on, and the tab has gone to a site where only a new click may put it.
 * `refused`: the page lets no extension in. A tab that is not listed is off.
 */
const tabState = v.picklist(['on', 'left', 'refused']);
export type TabState = v.InferOutput<typeof tabState>;
const storedTabs = v.array(v.tuple([v.number(), tabState]));

export type TabToggleDeps = {
  area: Area;
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
  /** A new document stands in the tab: puts the sidebar there again if the tab has it. */
  restore(tabId: number): Promise<void>;
  forget(tabId: number): Promise<void>;
  move(newTabId: number, oldTabId: number): Promise<void>;
  isOn(tabId: number): boolean;
  tabs(): ReadonlyMap<number, TabState>;
};

const KEY = 'tabs';
const INJECT_AGAIN_MS = [100, 300, 0];

export function createTabToggle({ area, inject, tell, pause, changed }: TabToggleDeps): TabToggle {
  const tabs = new Map<number, TabState>();
  const ready = load();
  const queues = new Map<number, Promise<void>>();

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

  async function show(tabId: number, otherwise: TabState): Promise<void> {
    if (await tell(tabId, { type: 'overlay:probe' })) return put(tabId, 'on');
    // The sidebar's port may open before the injection is reported, so the tab counts as on from here.
    tabs.set(tabId, 'on');
    await put(tabId, (await injectPatiently(tabId)) ? 'on' : otherwise);
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

  async function hide(tabId: number): Promise<void> {
    await put(tabId, 'off');
    await tell(tabId, { type: 'overlay:remove' });
  }

  return {
    ready,
    toggle: (tabId) => inTurn(tabId, () => (tabs.get(tabId) === 'on' ? hide(tabId) : show(tabId, 'refused'))),
    async open(tabId) {
      await inTurn(tabId, async () => (tabs.get(tabId) === 'on' ? undefined : show(tabId, 'refused')));
      return tabs.get(tabId) === 'on';
    },
    close: (tabId) => inTurn(tabId, () => hide(tabId)),
    restore: (tabId) => inTurn(tabId, async () => (tabs.has(tabId) ? show(tabId, 'left') : undefined)),
    forget: (tabId) => inTurn(tabId, async () => (tabs.has(tabId) ? put(tabId, 'off') : undefined)),
    move: (newTabId, oldTabId) =>
      inTurn(oldTabId, async () => {
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
