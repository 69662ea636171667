/** Wires the options page. */
import { effect, signal } from '@preact/signals';
import { render } from 'preact';
import { createBackupModel } from '../../components/options/backup-model.ts';
import { entrustUnsaved } from '../../components/options/entrust-unsaved.ts';
import { createHopRun } from '../../components/options/hop-run.ts';
import { createInspectorModel } from '../../components/options/inspector-model.ts';
import { createKeywordList } from '../../components/options/keyword-list.ts';
import { createOpenLine } from '../../components/options/open-line.ts';
import { type OptionsDesk, OptionsProvider } from '../../components/options/options-desk.ts';
import { OptionsPage } from '../../components/options/options-page.tsx';
import { createPatternList } from '../../components/options/pattern-list.ts';
import { createPreferencesEditor } from '../../components/options/preferences-editor.ts';
import { createStartBook, readStart } from '../../components/options/start-record.ts';
import { createTemplateList } from '../../components/options/template-list.ts';
import { saveFile } from '../../components/sidebar/save-file.ts';
import { readPolicy } from '../../utils/browser/managed.ts';
import { askForNotifications, mayNotify } from '../../utils/browser/notifications.ts';
import { connectPort } from '../../utils/browser/ports.ts';
import { uiDirection, uiLanguage, words } from '../../utils/browser/runtime.ts';
import { localArea, onStorageChanged, sessionArea } from '../../utils/browser/storage.ts';
import { testConnection } from '../../utils/connection/test-hops.ts';
import { OPTIONS_PORT } from '../../utils/messaging/options-port.ts';
import { createBackup } from '../../utils/settings/backup.ts';
import { policyKeys } from '../../utils/settings/policy.ts';
import { decodePreferences } from '../../utils/settings/preferences.ts';
import { createPreferencesStore, preferencesKeys } from '../../utils/settings/preferences-store.ts';
import { decodeSettings } from '../../utils/settings/settings.ts';
import { createSettingsStore, settingsKeys } from '../../utils/settings/settings-store.ts';

const setTimer = (run: () => void, ms: number) => setTimeout(run, ms);
const hands = {
  fetch: (input: RequestInfo | URL, init?: RequestInit) => fetch(input, init),
  openSocket: (url: string, protocols: string[]) => new WebSocket(url, protocols),
  nowMs: () => Date.now(),
  random: () => Math.random(),
  setTimer,
  clearTimer: (timer: unknown) => clearTimeout(timer as number),
};
const settings = createSettingsStore(localArea, sessionArea, readPolicy);
const store = createPreferencesStore(localArea, readPolicy);

document.documentElement.lang = uiLanguage();
document.documentElement.dir = uiDirection();
document.title = words('optionsTitle');

const [heldFirst, policyFirst, preferences, isAllowed, startFirst] = await Promise.all([
  settings.read().catch(() => decodeSettings(undefined)),
  readPolicy(),
  store.read().catch(() => decodePreferences(undefined)),
  mayNotify(),
  readStart(localArea),
]);
const held = signal(heldFirst);
const policy = signal(policyFirst);
const editor = createPreferencesEditor({ store, initial: preferences, setTimer });
const lists = { editor, createId: () => crypto.randomUUID() };

/** Where they cannot be read, what is shown stays. */
async function readHeld(): Promise<void> {
  held.value = await settings.read().catch(() => held.peek());
}

onStorageChanged((keys) => {
  const hasPolicy = keys.some((key) => policyKeys.includes(key));
  if (keys.some((key) => settingsKeys.includes(key))) void readHeld();
  if (keys.some((key) => preferencesKeys.includes(key))) void editor.refresh();
  if (hasPolicy) {
    void readPolicy().then((next) => {
      policy.value = next;
    });
  }
});
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'hidden') void editor.flush();
});
effect(() => {
  document.documentElement.dataset['theme'] = editor.shown.value.theme;
});

const openLine = createOpenLine({ connect: () => connectPort(OPTIONS_PORT), setTimer });
entrustUnsaved(editor, openLine);

const desk: OptionsDesk = {
  settings,
  held,
  policy,
  editor,
  keywords: createKeywordList(lists),
  templates: createTemplateList(lists),
  patterns: createPatternList(lists),
  notifications: { allowed: signal(isAllowed), ask: askForNotifications },
  flush: () => void editor.flush(),
  openLine,
  inspector: createInspectorModel({ held, settings, openLine }),
  createRun: () =>
    createHopRun({
      test: (target, tell, ended) => testConnection(hands, target, tell, ended),
      nowMs: hands.nowMs,
    }),
  start: createStartBook(localArea, startFirst),
  backup: createBackupModel({
    backup: createBackup({ local: localArea, session: sessionArea, settings, preferences: store }),
    policy,
    saveFile: (file) => saveFile({ document, setTimer }, file),
    flush: editor.flush,
  }),
};

const root = document.getElementById('app');
if (root !== null) {
  render(
    <OptionsProvider value={desk}>
      <OptionsPage />
    </OptionsProvider>,
    root,
  );
}
