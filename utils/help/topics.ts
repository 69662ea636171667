/**
 * The pages of help, one a topic: every error on screen names the one that says what to do. They are files of `docs`,
 * and ship with the extension.
 */

/** In the order in which they are listed. */
export const helpGroups = {
  use: ['guide', 'set-up', 'keywords', 'sites', 'privacy'],
  relay: [
    'relay-address',
    'relay-unreachable',
    'not-a-relay',
    'no-websocket',
    'token',
    'origin',
    'forbidden',
    'protocol',
    'connection-lost',
  ],
  lines: ['platform-token', 'platform-down', 'no-events', 'unread-events', 'gaps'],
  ticket: ['insertion', 'pages-without-sidebar', 'machine'],
  settings: ['storage', 'import', 'policy'],
} as const;
export type HelpGroup = keyof typeof helpGroups;
export type HelpTopic = (typeof helpGroups)[HelpGroup][number];
export const helpTopics: readonly HelpTopic[] = Object.values(helpGroups).flat();

/** Those that are no page of `docs/help`, since they are read for themselves too. */
const ownFiles: Partial<Record<HelpTopic, string>> = { guide: 'agent.md', privacy: 'privacy.md' };

/** A topic's file, seen from `docs`. */
export function helpFile(topic: HelpTopic): string {
  return ownFiles[topic] ?? `help/${topic}.md`;
}

/** The topic of a file, however the path to it begins. */
export function topicOfFile(path: string): HelpTopic | undefined {
  const name = fileName(path);
  return helpTopics.find((topic) => fileName(helpFile(topic)) === name);
}

function fileName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
