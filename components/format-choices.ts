/** The formats that are built in, by name: in the sidebar's menus, and on the settings page. */
import type { MessageKey } from '../utils/browser/runtime.ts';

/** By the id of the format in `utils/transcript/formats`. */
export const formatChoices: readonly { value: string; label: MessageKey }[] = [
  { value: 'plain', label: 'formatPlain' },
  { value: 'markdown', label: 'formatMarkdown' },
  { value: 'html', label: 'formatHtml' },
  { value: 'json', label: 'formatJson' },
  { value: 'webvtt', label: 'formatWebvtt' },
];
