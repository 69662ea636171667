/** The background only wires. Every listener is registered before the first `await`; state is hydrated behind it. */
import { defineBackground } from 'wxt/utils/define-background';
import { onForgetAlarm, setAlarm, setForgetAlarm } from '../../utils/browser/alarms.ts';
import { readPolicy } from '../../utils/browser/managed.ts';
import { onMenuClicked } from '../../utils/browser/menus.ts';
import { notify } from '../../utils/browser/notifications.ts';
import { pasteInPage } from '../../utils/browser/page-paste.ts';
import { type IncomingPort, onPort } from '../../utils/browser/ports.ts';
import { openOptions, touch, words } from '../../utils/browser/runtime.ts';
import {
  addressOf,
  askForSites,
  giveSitesBack,
  mayStandOn,
  onSitePermissions,
  registerOverlay,
  tabsOfSite,
} from '../../utils/browser/sites.ts';
import { localArea, onStorageChanged, sessionArea } from '../../utils/browser/storage.ts';
import {
  focusWindowOf,
  lastActiveTab,
  onInstalled,
  openHelp,
  openOptionsAt,
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
import { OPTIONS_PORT } from '../../utils/messaging/options-port.ts';
import { OVERLAY_PORT } from '../../utils/messaging/overlay-port.ts';
import { SIDEBAR_PORT } from '../../utils/messaging/sidebar-port.ts';
import { decodePreferences, decodeSomePreferences } from '../../utils/settings/preferences.ts';
import { createPreferencesStore, preferencesKeys } from '../../utils/settings/preferences-store.ts';
import { relayTitle } from '../../utils/settings/relay-title.ts';
import { createSettingsStore, settingsKeys } from '../../utils/settings/settings-store.ts';
import { originOf } from '../../utils/settings/site.ts';
import { createAgentActions, placeOf } from './agent-actions.ts';
import { createBatch } from './batch.ts';
import { diagnose } from './diagnose.ts';
import { createFrontTab } from './front-tab.ts';
import { createInsertions } from './insertions.ts';
import type { KeywordAlert } from './keyword-watch.ts';
import { createLayouts } from './layouts.ts';
import { createOptionsHub } from './options-hub.ts';
import { createOverlayHub } from './overlay-hub.ts';
import { createPageRoutes } from './page-routes.ts';
import { createRelayChoices } from './relay-choices.ts';
import { createRelayRoom, type RelayRoom } from './relay-room.ts';
import { createRelayRooms } from './relay-rooms.ts';
import { createRetention } from './retention.ts';
import { setupProgress } from './setup-progress.ts';
import { createShownRelay } from './shown-relay.ts';
import { createSidebarHub, type OpenSidebar } from './sidebar-hub.ts';
import { createSiteChoice } from './site-choice.ts';
import { createSiteKeeper } from './site-keeper.ts';
import { createSiteMenu } from './site-menu.ts';
import { createSiteTabs } from './site-tabs.ts';
import { createStorageBudget } from './storage-budget.ts';
import { createTabIcons } from './tab-icons.ts';
import { createTabPlaces } from './tab-places.ts';
import { createTabToggle, type TabState } from './tab-toggle.ts';
import { createViews, tabPlace } from './views.ts';
import { createVigil } from './vigil.ts';
import { wantedRelays } from './wanted-relays.ts';
import { createWatchedKeywords } from './watched-keywords.ts';

/** Of the 10 MB that the session storage holds, the rest is for tabs and settings, and for what is being replaced. */
const MAX_KEPT_BYTES = 8 * 1024 * 1024;
const PROGRESS_EVERY_MS = 250;

export default defineBackground({ type: 'module', main: wire });

function wire(): void {
  const clock = {
    nowMs: () => Date.now(),
    setTimer: (run: () => void, ms: number) => setTimeout(run, ms),
    clearTimer: (timer: unknown) => clearTimeout(timer as Parameters<typeof clearTimeout>[0]),
  };
  const startedAtMs = clock.nowMs();
  const settings = createSettingsStore(localArea, sessionArea, readPolicy);
  const budget = createStorageBudget(MAX_KEPT_BYTES);
  const keywords = createWatchedKeywords(() => rooms.all());
  const rooms = createRelayRooms({
    settings,
    area: sessionArea,
    makeRoom: (relayId) => keywords.watch(createRelayRoom(relayId, roomDeps)),
  });
  const views = createViews(sessionArea, clock.setTimer);
  const choices = createRelayChoices(sessionArea);
  const places = createTabPlaces(views, choices);
  const layouts = createLayouts(views);
  const siteTabs = createSiteTabs(sessionArea);
  const toggle = createTabToggle({
    area: sessionArea,
    siteTabs,
    siteOf,
    originOf: originOfTab,
    inject: injectOverlay,
    tell: tellOverlay,
    pause: (ms) => new Promise((later) => setTimeout(later, ms)),
    changed: tabChanged,
  });
  const keeper = createSiteKeeper({
    area: sessionArea,
    readSites: async () => (await settings.read()).sites.map(({ origin }) => origin),
    mayStandOn,
    register: registerOverlay,
    giveBack: giveSitesBack,
    tabsOf: tabsOfSite,
    open: toggle.arrive,
    changed: () => routes.sitesChanged(),
  });
  const chooseSite = createSiteChoice({ settings, giveBack: giveSitesBack });
  const preferences = createPreferencesStore(localArea, readPolicy);
  const preferencesRead = readPreferences();
  const ready = Promise.all([toggle.ready, rooms.ready, places.ready, preferencesRead]).then(() => {});

  const roomDeps = {
    settings,
    area: sessionArea,
    budget,
    connection: {
      ...clock,
      random: Math.random,
      openSocket: (url: string, protocols: string[]) => new WebSocket(url, protocols),
      fetch: (input: RequestInfo | URL, init?: RequestInit) => fetch(input, init),
    },
    alert({ profile, line }: KeywordAlert) {
      if (profile.notify) void notify(profile.name, line.text);
      if (profile.sound) sidebars.sidebars().at(-1)?.tell({ type: 'chime' });
    },
    changed() {
      icons.alertsChanged();
      retention.callsChanged();
      tellProgress();
    },
    statusChanged: () => icons.paintAll(),
  };
  const routes = createPageRoutes(() => ({
    sidebars: sidebars.sidebars,
    overlays,
    frontTab,
    hasOwnSidebar: (tabId) => toggle.tabs().has(tabId),
    isAlways: (origin) => keeper.siteAt(origin) !== undefined,
    remove: (tabId) => void tellOverlay(tabId, { type: 'overlay:remove' }),
  }));
  const shown = createShownRelay({
    settings: rooms.settings,
    choices,
    originOf: (tabId) => overlays.originOf(tabId),
    pageTab: routes.pageTab,
  });
  const icons = createTabIcons({
    tabs: toggle.tabs,
    statusIn: (tabId) => rooms.room(shown.inTab(tabId))?.store.status(),
    unseen: keywords.unseen,
    setIcon,
  });
  const sidebars = createSidebarHub({
    ready,
    roomOf,
    relays: () => rooms.settings().relays.map((relay) => ({ id: relay.id, name: relayTitle(relay) })),
    surfaceOf,
    isOn: toggle.isOn,
    viewOf: (sidebar) => views.get(placeOf(sidebar)),
    opened(sidebar) {
      if (sidebar.surface !== 'overlay') void frontTab.look();
      else if (sidebar.tabId !== undefined) overlays.framed(sidebar.tabId);
      routes.tellPage(sidebar);
      wantConnections();
    },
    closed(sidebar) {
      if (sidebar.surface === 'overlay' && sidebar.tabId !== undefined) overlays.unframed(sidebar.tabId);
      else routes.leaveHandsOff();
      wantConnections();
    },
    act: (message, sidebar) => actions.act(message, sidebar),
  });
  const overlays = createOverlayHub({
    ready,
    words: () => ({
      title: words('sidebarTitle'),
      refused: words('frameRefused'),
      openWindow: words('openWindow'),
      help: words('whatToDo'),
      updated: words('overlayUpdated'),
    }),
    layoutOf(tabId) {
      if (toggle.tabs().has(tabId)) return layouts.of(tabId);
      return routes.isElsewhere() ? 'elsewhere' : undefined;
    },
    pageChanged(tabId, page) {
      for (const sidebar of routes.sidebarsBeside(tabId)) sidebar.tell({ type: 'page', page });
    },
    targetChanged(tabId, target) {
      for (const sidebar of routes.sidebarsBeside(tabId)) sidebar.tell({ type: 'target', target });
    },
    inserted: (tabId, request, outcome) => insertions.answered(tabId, request, outcome),
    pasteInPage,
    closed(tabId) {
      if (tabId === frontTab.tabId()) void frontTab.look();
    },
    openHelp: () => void openHelp('pages-without-sidebar'),
    // Where no window can be had either, the card in the page stays.
    openWindow: (tabId) =>
      void showWindow().then(
        () => toggle.close(tabId),
        () => {},
      ),
  });
  const options = createOptionsHub({
    clock,
    ready,
    roomOf: (relayId) => rooms.all().find(({ id }) => id === relayId),
    progress: () => setupProgress(toggle.tabs(), sidebars.sidebars(), rooms.all()),
    forget: forgetEverything,
    diagnose: () =>
      diagnose({
        startedAtMs,
        settings,
        rooms: rooms.all,
        tabs: toggle.tabs,
        sidebars: sidebars.sidebars,
        mayStandOn,
      }),
    // The page that could say that it failed is gone.
    save: (part) => void preferences.change(decodeSomePreferences(part)).catch(() => {}),
    watchChanged: () => wantConnections(),
  });
  const tellProgress = createBatch(clock.setTimer, PROGRESS_EVERY_MS, async () => options.progressChanged());
  const retention = createRetention({
    ...clock,
    setAlarm: setForgetAlarm,
    keepMinutes: () => rooms.settings().keepMinutes,
    rooms: rooms.all,
  });
  const insertions = createInsertions({ tellOverlay: overlays.tell, setTimer: clock.setTimer });
  const frontTab = createFrontTab({
    isWanted: routes.isElsewhere,
    lastActiveTab,
    hasOverlay: (tabId) => overlays.has(tabId) || toggle.tabs().has(tabId),
    inject: injectOverlay,
    changed() {
      routes.frontChanged();
      showRelays();
    },
  });
  const actions = createAgentActions({
    views,
    closeTab: toggle.close,
    openTab: toggle.open,
    lastActiveTab,
    openWindow: showWindow,
    openOptions: (section) => (section === undefined ? openOptions() : openOptionsAt(section)),
    openHelp,
    chooseRelay(relayId, sidebar) {
      choices.put(placeOf(sidebar), relayId);
      showRelays();
    },
    always: chooseSite,
    retry: (sidebar) => roomOf(sidebar)?.session.retry(),
    resize(tabId, width) {
      layouts.drag(tabId, width);
      overlays.layoutChanged(tabId);
    },
    layoutChanged: overlays.layoutChanged,
    seen() {
      if (keywords.unseen() === 0) return;
      keywords.seen();
      icons.paintAll();
    },
    insert: (message, sidebar) => insertions.insert(message, sidebar, routes.pageTab(sidebar)),
    note(note, sidebar) {
      const room = roomOf(sidebar);
      if (room?.notes.put(note) !== true) return;
      for (const other of sidebars.sidebars())
        if (other !== sidebar && roomOf(other) === room) other.tell({ type: 'notes', notes: [note] });
    },
  });
  const keepVigil = createVigil({
    nowMs: clock.nowMs,
    setInterval: (run, ms) => setInterval(run, ms),
    clearInterval: (timer) => clearInterval(timer as Parameters<typeof clearInterval>[0]),
    touch,
    setAlarm,
    jumped: suspect,
  });

  async function readPreferences(): Promise<void> {
    // A storage that cannot be read leaves the defaults.
    const read = await preferences.read().catch(() => decodePreferences(undefined));
    keywords.setProfiles(read.profiles);
    layouts.setPreferences(read);
  }

  function roomOf(sidebar: OpenSidebar): RelayRoom | undefined {
    return rooms.room(shown.inSidebar(sidebar));
  }

  function wantConnections(): void {
    const wanted = wantedRelays({
      watched: options.watched(),
      sidebars: sidebars.sidebars(),
      tabs: toggle.tabs(),
      shown,
    });
    rooms.setWanted(wanted);
    keepVigil(wanted.size > 0);
    tellProgress();
  }

  /** What is shown where may be another relay now. */
  function showRelays(): void {
    sidebars.relaysChanged();
    wantConnections();
    icons.paintAll();
  }

  async function settingsChanged(): Promise<void> {
    void keeper.look();
    await rooms.settingsChanged();
    showRelays();
    options.roomsChanged();
    retention.check();
  }

  async function forgetEverything(): Promise<void> {
    keywords.seen();
    await Promise.all([views.forgetReading(), ...rooms.all().map((room) => room.forget())]);
    icons.paintAll();
  }

  async function showWindow(): Promise<void> {
    const open = sidebars.sidebars().find(({ surface }) => surface === 'window');
    if (open?.tabId === undefined) await openWindow();
    else await focusWindowOf(open.tabId);
  }

  function suspect(): void {
    for (const { session } of rooms.all()) session.suspect();
  }

  function tabChanged(tabId: number, state: TabState | 'off'): void {
    // A tab that comes back to its site goes on where it was.
    if (state === 'off' && siteTabs.openedAt(tabId) === undefined) views.drop(tabPlace(tabId));
    // The script may have been there for a panel, or by its site: it has heard of no layout yet.
    if (state !== 'off') overlays.layoutChanged(tabId);
    icons.paint(tabId, state);
    wantConnections();
  }

  function takeOverlay(port: IncomingPort): void {
    overlays.take(port);
    const { tabId } = port;
    void ready.then(async () => {
      // A page that comes back from the browser's cache may hold an overlay that was turned off meanwhile.
      const stays = tabId === undefined || (await toggle.arrive(tabId)) || toggle.tabs().has(tabId);
      if (!stays && !routes.isElsewhere()) void tellOverlay(tabId, { type: 'overlay:remove' });
      // Now it is known on which site the tab is.
      routes.sitesChanged();
      showRelays();
    });
  }

  async function originOfTab(tabId: number): Promise<string | undefined> {
    const address = await addressOf(tabId);
    return address === undefined ? undefined : originOf(address);
  }

  /** While a panel or a window shows the calls, no site opens the sidebar beside it. */
  async function siteOf(tabId: number): Promise<string | undefined> {
    await keeper.ready;
    return routes.isElsewhere() ? undefined : keeper.siteAt(await addressOf(tabId));
  }

  onIconClicked((tabId) => void toggle.toggle(tabId));
  onMenuClicked({
    toggle: (tabId) => void toggle.toggle(tabId),
    panel: (tabId, windowId) => void actions.moveToPanel(tabId, openPanel(windowId)),
    always: createSiteMenu({
      ask: (origin) => askForSites([origin]),
      choose: chooseSite,
      open: toggle.open,
      openOptionsAt,
    }),
  });
  onSitePermissions(() => void keeper.look());
  onTabLoading((tabId) => {
    void toggle.restore(tabId);
    if (tabId === frontTab.tabId()) void frontTab.look();
  });
  onFrontTabChanged(() => void frontTab.look());
  onTabRemoved((tabId) => {
    void toggle.forget(tabId);
    void places.ready.then(() => places.removed(tabId));
  });
  onTabReplaced((newTabId, oldTabId) => {
    void places.ready.then(() => {
      places.moved(newTabId, oldTabId);
      void toggle.move(newTabId, oldTabId);
    });
  });
  onStorageChanged((keys) => {
    if (keys.some((key) => settingsKeys.includes(key))) void settingsChanged();
    if (keys.some((key) => preferencesKeys.includes(key)))
      void readPreferences().then(() => overlays.layoutChanged());
  });
  onPort((port) => {
    if (port.name === SIDEBAR_PORT) sidebars.take(port);
    else if (port.name === OVERLAY_PORT) takeOverlay(port);
    else if (port.name === OPTIONS_PORT) options.take(port);
    else port.close();
  });
  onForgetAlarm(() => void ready.then(retention.check));
  onInstalled(() => void openOptionsAt('start'));
  self.addEventListener('online', suspect);
  self.addEventListener('offline', suspect);

  void ready.then(() => {
    for (const [tabId, state] of toggle.tabs()) tabChanged(tabId, state);
    retention.check();
  });
  void keeper.ready.then(() => {
    routes.sitesChanged();
  });
}
