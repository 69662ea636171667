/** What can be chosen of how the sidebar looks and reads: in its own menu, and on the settings page. */
import type { MessageKey } from '../utils/browser/runtime.ts';
import type { Preferences } from '../utils/settings/preferences.ts';

type Choices<Value> = readonly { value: Value; label: MessageKey }[];

export const themeChoices: Choices<Preferences['theme']> = [
  { value: 'system', label: 'themeSystem' },
  { value: 'light', label: 'themeLight' },
  { value: 'dark', label: 'themeDark' },
];

export const timesChoices: Choices<Preferences['times']> = [
  { value: 'relative', label: 'timesRelative' },
  { value: 'clock', label: 'timesClock' },
];

export const sideChoices: Choices<Preferences['side']> = [
  { value: 'left', label: 'sideLeft' },
  { value: 'right', label: 'sideRight' },
];
