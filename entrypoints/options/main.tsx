/** Wires the options page. */
import { effect, signal } from '@preact/signals';
import { render } from 'preact';
import { CopyingSection } from '../../components/options/copying-section.tsx';
import { HidingSection } from '../../components/options/hiding-section.tsx';
import { createKeywordList } from '../../components/options/keyword-list.ts';
import { KeywordSection } from '../../components/options/keyword-section.tsx';
import { createPatternList } from '../../components/options/pattern-list.ts';
import { createPreferencesEditor } from '../../components/options/preferences-editor.ts';
import { ReadingSection } from '../../components/options/reading-section.tsx';
import { RelayForm } from '../../components/options/relay-form.tsx';
import { SavingStatus } from '../../components/options/saving-status.tsx';
import { createTemplateList } from '../../components/options/template-list.ts';
import { readPolicy } from '../../utils/browser/managed.ts';
import { askForNotifications, mayNotify } from '../../utils/browser/notifications.ts';
import { uiDirection, uiLanguage, words } from '../../utils/browser/runtime.ts';
import { localArea, onStorageChanged, sessionArea } from '../../utils/browser/storage.ts';
import { askSession } from '../../utils/connection/ask-session.ts';
import { FIRST_RELAY_ID } from '../../utils/settings/migrate-settings.ts';
import { decodePreferences } from '../../utils/settings/preferences.ts';
import { createPreferencesStore, PREFERENCES_KEY } from '../../utils/settings/preferences-store.ts';
import { findRelay } from '../../utils/settings/settings.ts';
import { createSettingsStore } from '../../utils/settings/settings-store.ts';

const settings = createSettingsStore(localArea, sessionArea, readPolicy);
const store = createPreferencesStore(localArea, readPolicy);

document.documentElement.lang = uiLanguage();
document.documentElement.dir = uiDirection();
document.title = words('optionsTitle');

const [known, preferences, isAllowed] = await Promise.all([
  readRelay(),
  store.read().catch(() => decodePreferences(undefined)),
  mayNotify(),
]);
const editor = createPreferencesEditor({
  store,
  overwrite: (all) => localArea.write({ [PREFERENCES_KEY]: all }),
  initial: preferences,
  setTimer: (run, ms) => setTimeout(run, ms),
});
const lists = { editor, createId: () => crypto.randomUUID() };
const keywords = createKeywordList(lists);
const templates = createTemplateList(lists);
const patterns = createPatternList(lists);
const notifications = { allowed: signal(isAllowed), ask: askForNotifications };
const flush = () => void editor.flush();

onStorageChanged((keys) => {
  if (keys.includes(PREFERENCES_KEY)) void editor.refresh();
});
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'hidden') flush();
});
addEventListener('pagehide', () => editor.leave());
effect(() => {
  document.documentElement.dataset['theme'] = editor.shown.value.theme;
});

async function readRelay() {
  const relay = findRelay(await settings.read());
  if (relay !== undefined) return { ...relay, token: await settings.tokenOf(relay) };
  return { id: FIRST_RELAY_ID, name: '', address: '', plain: false, rememberToken: false, token: '' };
}

const root = document.getElementById('app');
if (root !== null) {
  render(
    <main>
      <h1>{words('optionsTitle')}</h1>
      <p class="intro">{words('optionsIntro')}</p>
      <section aria-labelledby="connection-title">
        <h2 id="connection-title">{words('optionsConnection')}</h2>
        <RelayForm
          known={known}
          save={settings.putRelay}
          ask={(address, token) => askSession((input, init) => fetch(input, init), address.sessionUrl, token)}
        />
      </section>
      <KeywordSection list={keywords} notifications={notifications} flush={flush} />
      <CopyingSection editor={editor} list={templates} flush={flush} />
      <HidingSection editor={editor} list={patterns} flush={flush} />
      <ReadingSection editor={editor} flush={flush} />
      <SavingStatus editor={editor} />
    </main>,
    root,
  );
}
