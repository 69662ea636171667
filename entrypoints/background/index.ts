/** The background only wires. Every listener is registered before the first `await`; state is hydrated behind it. */
import { defineBackground } from 'wxt/utils/define-background';
import { onAlarm, setAlarm } from '../../utils/browser/alarms.ts';
import { onPort } from '../../utils/browser/ports.ts';
import { openOptions, touch } from '../../utils/browser/runtime.ts';
import { localArea, onStorageChanged, sessionArea } from '../../utils/browser/storage.ts';
import {
  injectOverlay,
  onIconClicked,
  onTabLoading,
  onTabRemoved,
  onTabReplaced,
  setIcon,
  tellOverlay,
} from '../../utils/browser/tabs.ts';
import { createSettingsStore, settingsKeys } from '../../utils/settings/settings-store.ts';
import { createCallArchive } from './call-archive.ts';
import { createCallStore } from './call-store.ts';
import { iconFor } from './icon.ts';
import { createRelaySession } from './relay-session.ts';
import { takePort } from './sidebar-hub.ts';
import { createTabToggle, type TabState } from './tab-toggle.ts';
import { createVigil } from './vigil.ts';

export default defineBackground(() => {
  const clock = {
    nowMs: () => Date.now(),
    setTimer: (run: () => void, ms: number) => setTimeout(run, ms),
  };
  const store = createCallStore(clock, createCallArchive(sessionArea));
  const session = createRelaySession({
    settings: createSettingsStore(localArea, sessionArea),
    store,
    connection: {
      ...clock,
      random: Math.random,
      clearTimer: (timer) => clearTimeout(timer as Parameters<typeof clearTimeout>[0]),
      openSocket: (url, protocols) => new WebSocket(url, protocols),
      fetch: (input, init) => fetch(input, init),
    },
  });
  const toggle = createTabToggle({
    area: sessionArea,
    inject: injectOverlay,
    tell: tellOverlay,
    pause: (ms) => new Promise((later) => setTimeout(later, ms)),
    changed: tabChanged,
  });

  const ready = Promise.all([toggle.ready, store.ready]).then(() => {});
  const keepVigil = createVigil({
    nowMs: clock.nowMs,
    setInterval: (run, ms) => setInterval(run, ms),
    clearInterval: (timer) => clearInterval(timer as Parameters<typeof clearInterval>[0]),
    touch,
    setAlarm,
    jumped: session.suspect,
  });

  function tabChanged(tabId: number, state: TabState | 'off'): void {
    void setIcon(tabId, iconFor(state, store.status()));
    const wanted = [...toggle.tabs().values()].includes('on');
    session.setWanted(wanted);
    keepVigil(wanted);
  }

  function paintIcons(): void {
    for (const [tabId, state] of toggle.tabs()) void setIcon(tabId, iconFor(state, store.status()));
  }

  onIconClicked((tabId) => void toggle.toggle(tabId));
  onTabLoading((tabId) => void toggle.restore(tabId));
  onTabRemoved((tabId) => void toggle.forget(tabId));
  onTabReplaced((newTabId, oldTabId) => void toggle.move(newTabId, oldTabId));
  onStorageChanged((keys) => {
    if (keys.some((key) => settingsKeys.includes(key))) session.settingsChanged();
  });
  onPort((port) =>
    takePort(port, {
      store,
      ready,
      isOn: toggle.isOn,
      act(message, tabId) {
        switch (message.type) {
          case 'close':
            return void toggle.close(tabId);
          case 'open-options':
            return void openOptions();
          case 'retry':
            return session.retry();
        }
      },
    }),
  );
  onAlarm(() => {});
  self.addEventListener('online', session.suspect);
  self.addEventListener('offline', session.suspect);

  store.subscribe((message) => {
    if (message.type === 'status') paintIcons();
  });
  void ready.then(() => {
    for (const [tabId, state] of toggle.tabs()) tabChanged(tabId, state);
  });
});
