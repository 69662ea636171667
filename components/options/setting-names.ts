/** What each setting is called in a list of them. */
import { type MessageKey, words } from '../../utils/browser/runtime.ts';
import type { PolicyKey } from '../../utils/settings/policy-part.ts';

const names: Record<PolicyKey, MessageKey> = {
  relays: 'optionsRelays',
  defaultRelay: 'settingDefaultRelay',
  sites: 'settingSites',
  keepMinutes: 'keepLabel',
  profiles: 'keywordsTitle',
  theme: 'theme',
  times: 'times',
  side: 'side',
  width: 'settingWidth',
  room: 'settingRoom',
  announce: 'settingAnnounce',
  labels: 'labelsTitle',
  country: 'settingCountry',
  copyFormat: 'settingCopyFormat',
  copyTimes: 'settingCopyTimes',
  noteHeader: 'settingNoteHeader',
  templates: 'templatesTitle',
  redaction: 'hiddenTitle',
};

const keys = Object.keys(names) as PolicyKey[];

export function nameOf(key: PolicyKey): string {
  return words(names[key]);
}

/** Those of the settings that stand in `given`, as a list in the browser's language. */
export function namesIn(given: Record<string, unknown>, locale: string): string {
  const named = keys.filter((key) => Object.hasOwn(given, key)).map(nameOf);
  return new Intl.ListFormat(locale, { type: 'unit' }).format(named);
}
