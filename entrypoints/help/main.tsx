/** Wires the help page: what stands behind the # in its address is the topic that is shown. */
import { effect, signal } from '@preact/signals';
import { render } from 'preact';
import { helpPages } from '../../build/values/help-pages.ts';
import { HelpPage } from '../../components/help/help-page.tsx';
import { readPolicy } from '../../utils/browser/managed.ts';
import { ownVersion, uiDirection, uiLanguage, words } from '../../utils/browser/runtime.ts';
import { localArea } from '../../utils/browser/storage.ts';
import { type HelpTopic, helpTopics } from '../../utils/help/topics.ts';
import { decodePreferences } from '../../utils/settings/preferences.ts';
import { createPreferencesStore } from '../../utils/settings/preferences-store.ts';

const shown = signal(topicInAddress());

function topicInAddress(): HelpTopic {
  const named = location.hash.slice(1);
  return helpTopics.find((topic) => topic === named) ?? 'guide';
}

addEventListener('hashchange', () => {
  shown.value = topicInAddress();
  scrollTo(0, 0);
  document.querySelector<HTMLElement>(`[data-topic="${shown.value}"]`)?.focus({ preventScroll: true });
});
effect(() => {
  document.title = `${helpPages[shown.value].title} · ${words('helpTitle')}`;
});

document.documentElement.lang = uiLanguage();
document.documentElement.dir = uiDirection();
const preferences = await createPreferencesStore(localArea, readPolicy)
  .read()
  .catch(() => decodePreferences(undefined));
document.documentElement.dataset['theme'] = preferences.theme;
const root = document.getElementById('app');
if (root !== null) {
  render(
    <HelpPage
      pages={helpPages}
      shown={shown}
      show={(topic) => {
        shown.value = topic;
        history.replaceState(null, '', `#${topic}`);
      }}
      version={ownVersion()}
    />,
    root,
  );
}
