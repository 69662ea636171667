/** Wires the options page. */
import { render } from 'preact';
import { RelayForm } from '../../components/options/relay-form.tsx';
import { uiLanguage, words } from '../../utils/browser/runtime.ts';
import { localArea, sessionArea } from '../../utils/browser/storage.ts';
import { askSession } from '../../utils/connection/ask-session.ts';
import { createSettingsStore } from '../../utils/settings/settings-store.ts';

const settings = createSettingsStore(localArea, sessionArea);

document.documentElement.lang = uiLanguage();
document.title = words('optionsTitle');
const root = document.getElementById('app');
const known = await settings.read();
if (root !== null) {
  render(
    <main>
      <h1>{words('optionsTitle')}</h1>
      <p class="intro">{words('optionsIntro')}</p>
      <RelayForm
        known={known}
        save={settings.write}
        ask={(address, token) => askSession((input, init) => fetch(input, init), address.sessionUrl, token)}
      />
    </main>,
    root,
  );
}
