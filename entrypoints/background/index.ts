/** The background only wires. Every listener is registered before the first `await`; state is hydrated behind it. */
import { defineBackground } from 'wxt/utils/define-background';
import { onAlarm, setAlarm } from '../../utils/browser/alarms.ts';
import { readPolicy } from '../../utils/browser/managed.ts';
import { onMenuClicked } from '../../utils/browser/menus.ts';
import { notify } from '../../utils/browser/notifications.ts';
import { pasteInPage } from '../../utils/browser/page-paste.ts';
import { type IncomingPort, onPort } from '../../utils/browser/ports.ts';
import { openOptions, touch } from '../../utils/browser/runtime.ts';
import { localArea, onStorageChanged, sessionArea } from '../../utils/browser/storage.ts';
import {
  focusWindowOf,
  lastActiveTab,
  openPanel,
  openWindow,
  surfaceOf,
} from '../../utils/browser/surfaces.ts';
import {
  injectOverlay,
  onFrontTabChanged,
  onIconClicked,
  onTabLoading,
  onTabRemoved,
  onTabReplaced,
  setIcon,
  tellOverlay,
} from '../../utils/browser/tabs.ts';
import { OVERLAY_PORT } from '../../utils/messaging/overlay-messages.ts';
import { SIDEBAR_PORT } from '../../utils/messaging/sidebar-port.ts';
import { decodePreferences } from '../../utils/settings/preferences.ts';
import { createPreferencesStore, PREFERENCES_KEY } from '../../utils/settings/preferences-store.ts';
import { createSettingsStore, settingsKeys } from '../../utils/settings/settings-store.ts';
import { createAgentActions, placeOf } from './agent-actions.ts';
import { createCallArchive } from './call-archive.ts';
import { createCallStore } from './call-store.ts';
import { createFrontTab } from './front-tab.ts';
import { iconFor } from './icon.ts';
import { createInsertions } from './insertions.ts';
import { createKeywordWatch } from './keyword-watch.ts';
import { createLayouts } from './layouts.ts';
import { createNoteStore } from './note-store.ts';
import { createOverlayHub } from './overlay-hub.ts';
import { createRelaySession } from './relay-session.ts';
import { createSidebarHub, type OpenSidebar } from './sidebar-hub.ts';
import { createTabToggle, type TabState } from './tab-toggle.ts';
import { createViews, tabPlace } from './views.ts';
import { createVigil } from './vigil.ts';

export default defineBackground(() => {
  const clock = {
    nowMs: () => Date.now(),
    setTimer: (run: () => void, ms: number) => setTimeout(run, ms),
  };
  const store = createCallStore(clock, createCallArchive(sessionArea));
  const session = createRelaySession({
    settings: createSettingsStore(localArea, sessionArea, readPolicy),
    store,
    connection: {
      ...clock,
      random: Math.random,
      clearTimer: (timer) => clearTimeout(timer as Parameters<typeof clearTimeout>[0]),
      openSocket: (url, protocols) => new WebSocket(url, protocols),
      fetch: (input, init) => fetch(input, init),
    },
  });
  const views = createViews(sessionArea, clock.setTimer);
  const layouts = createLayouts(views);
  const notes = createNoteStore(sessionArea, clock.setTimer);
  const toggle = createTabToggle({
    area: sessionArea,
    inject: injectOverlay,
    tell: tellOverlay,
    pause: (ms) => new Promise((later) => setTimeout(later, ms)),
    changed: tabChanged,
  });
  const preferences = createPreferencesStore(localArea, readPolicy);
  const preferencesRead = readPreferences();
  const ready = Promise.all([toggle.ready, store.ready, views.ready, notes.ready, preferencesRead]).then(
    () => {},
  );

  const keywords = createKeywordWatch({
    nowMs: clock.nowMs,
    alert({ profile, line }) {
      if (profile.notify) void notify(profile.name, line.text);
      if (profile.sound) [...sidebars.sidebars()].at(-1)?.tell({ type: 'chime' });
    },
  });
  const sidebars = createSidebarHub({
    store,
    ready,
    surfaceOf,
    isOn: toggle.isOn,
    viewOf: (sidebar) => views.get(placeOf(sidebar)),
    notes: notes.notes,
    opened(sidebar) {
      if (sidebar.surface !== 'overlay') void frontTab.look();
      else if (sidebar.tabId !== undefined) overlays.framed(sidebar.tabId);
      tellPage(sidebar);
      wantConnection();
    },
    closed(sidebar) {
      if (sidebar.surface === 'overlay' && sidebar.tabId !== undefined) overlays.unframed(sidebar.tabId);
      else leaveHandsOff();
      wantConnection();
    },
    act: (message, sidebar) => actions.act(message, sidebar),
  });
  const overlays = createOverlayHub({
    ready,
    layoutOf(tabId) {
      if (toggle.tabs().has(tabId)) return layouts.of(tabId);
      return isElsewhere() ? 'elsewhere' : undefined;
    },
    pageChanged(tabId, page) {
      for (const sidebar of sidebarsBeside(tabId)) sidebar.tell({ type: 'page', page });
    },
    targetChanged(tabId, target) {
      for (const sidebar of sidebarsBeside(tabId)) sidebar.tell({ type: 'target', target });
    },
    inserted: (tabId, request, outcome) => insertions.answered(tabId, request, outcome),
    pasteInPage,
    closed(tabId) {
      if (tabId === frontTab.tabId()) void frontTab.look();
    },
    // Where no window can be had either, the card in the page stays.
    openWindow: (tabId) =>
      void showWindow().then(
        () => toggle.close(tabId),
        () => {},
      ),
  });
  const insertions = createInsertions({ tellOverlay: overlays.tell, setTimer: clock.setTimer });
  const frontTab = createFrontTab({
    isWanted: isElsewhere,
    lastActiveTab,
    hasOverlay: (tabId) => overlays.has(tabId) || toggle.tabs().has(tabId),
    inject: injectOverlay,
    changed() {
      for (const sidebar of sidebars.sidebars()) if (sidebar.surface !== 'overlay') tellPage(sidebar);
    },
  });
  const actions = createAgentActions({
    views,
    closeTab: toggle.close,
    openTab: toggle.open,
    lastActiveTab,
    openWindow: showWindow,
    openOptions,
    retry: session.retry,
    resize(tabId, width) {
      layouts.drag(tabId, width);
      overlays.layoutChanged(tabId);
    },
    layoutChanged: overlays.layoutChanged,
    seen() {
      if (keywords.unseen() === 0) return;
      keywords.seen();
      paintIcons();
    },
    insert: (message, sidebar) => insertions.insert(message, sidebar, pageTab(sidebar)),
    note(note, sidebar) {
      if (!notes.put(note)) return;
      for (const other of sidebars.sidebars())
        if (other !== sidebar) other.tell({ type: 'notes', notes: [note] });
    },
  });
  const keepVigil = createVigil({
    nowMs: clock.nowMs,
    setInterval: (run, ms) => setInterval(run, ms),
    clearInterval: (timer) => clearInterval(timer as Parameters<typeof clearInterval>[0]),
    touch,
    setAlarm,
    jumped: session.suspect,
  });

  async function readPreferences(): Promise<void> {
    // A storage that cannot be read leaves the defaults.
    const read = await preferences.read().catch(() => decodePreferences(undefined));
    keywords.setProfiles(read.profiles);
    layouts.setPreferences(read);
  }

  /** A sidebar stands beside the pages, in a panel or a window. */
  function isElsewhere(): boolean {
    return [...sidebars.sidebars()].some(({ surface }) => surface !== 'overlay');
  }

  /** The tab whose page a sidebar is beside. */
  function pageTab({ surface, tabId }: OpenSidebar): number | undefined {
    return surface === 'overlay' ? tabId : frontTab.tabId();
  }

  function sidebarsBeside(tabId: number): OpenSidebar[] {
    return [...sidebars.sidebars()].filter((sidebar) => pageTab(sidebar) === tabId);
  }

  function tellPage(sidebar: OpenSidebar): void {
    const tabId = pageTab(sidebar);
    sidebar.tell({ type: 'page', page: tabId === undefined ? undefined : overlays.pageOf(tabId) });
    sidebar.tell({ type: 'target', target: tabId === undefined ? undefined : overlays.targetOf(tabId) });
  }

  /** The last panel or window is closed: no script stays in a page whose own sidebar is off. */
  function leaveHandsOff(): void {
    if (isElsewhere()) return;
    for (const tabId of overlays.tabs()) {
      if (!toggle.tabs().has(tabId)) void tellOverlay(tabId, { type: 'overlay:remove' });
    }
  }

  /** A connection is wanted while a tab has the sidebar, or another surface shows it. */
  function wantConnection(): void {
    const wanted = isElsewhere() || [...toggle.tabs().values()].includes('on');
    session.setWanted(wanted);
    keepVigil(wanted);
  }

  async function showWindow(): Promise<void> {
    const [open] = [...sidebars.sidebars()].filter(({ surface }) => surface === 'window');
    if (open?.tabId === undefined) await openWindow();
    else await focusWindowOf(open.tabId);
  }

  function paintIcon(tabId: number, state: TabState | 'off'): void {
    void setIcon(tabId, iconFor(state, store.status(), keywords.unseen()));
  }

  function paintIcons(): void {
    for (const [tabId, state] of toggle.tabs()) paintIcon(tabId, state);
  }

  function tabChanged(tabId: number, state: TabState | 'off'): void {
    if (state === 'off') views.drop(tabPlace(tabId));
    // The script may have been there for a panel: it has heard of no layout yet.
    else overlays.layoutChanged(tabId);
    paintIcon(tabId, state);
    wantConnection();
  }

  function takeOverlay(port: IncomingPort): void {
    overlays.take(port);
    const { tabId } = port;
    // A page that comes back from the browser's cache may hold an overlay that was turned off meanwhile.
    void ready.then(() => {
      if (tabId !== undefined && !toggle.tabs().has(tabId) && !isElsewhere())
        void tellOverlay(tabId, { type: 'overlay:remove' });
    });
  }

  onIconClicked((tabId) => void toggle.toggle(tabId));
  onMenuClicked({
    toggle: (tabId) => void toggle.toggle(tabId),
    panel: (tabId, windowId) => void actions.moveToPanel(tabId, openPanel(windowId)),
  });
  onTabLoading((tabId) => {
    void toggle.restore(tabId);
    if (tabId === frontTab.tabId()) void frontTab.look();
  });
  onFrontTabChanged(() => void frontTab.look());
  onTabRemoved((tabId) => void toggle.forget(tabId));
  onTabReplaced((newTabId, oldTabId) => {
    void views.ready.then(() => {
      const view = views.get(tabPlace(oldTabId));
      if (view !== undefined) views.put(tabPlace(newTabId), view);
      void toggle.move(newTabId, oldTabId);
    });
  });
  onStorageChanged((keys) => {
    if (keys.some((key) => settingsKeys.includes(key))) session.settingsChanged();
    if (keys.includes(PREFERENCES_KEY)) void readPreferences().then(() => overlays.layoutChanged());
  });
  onPort((port) => {
    if (port.name === SIDEBAR_PORT) sidebars.take(port);
    else if (port.name === OVERLAY_PORT) takeOverlay(port);
    else port.close();
  });
  onAlarm(() => {});
  self.addEventListener('online', session.suspect);
  self.addEventListener('offline', session.suspect);

  store.onStatus(paintIcons);
  // What an earlier life of the worker kept is no news.
  void Promise.all([store.ready, notes.ready]).then(() =>
    store.subscribe((message) => {
      notes.take(message);
      const before = keywords.unseen();
      keywords.take(message);
      if (keywords.unseen() !== before) paintIcons();
    }),
  );
  void ready.then(() => {
    for (const [tabId, state] of toggle.tabs()) tabChanged(tabId, state);
  });
});
