/**
 * The pages of help, one a topic: every error on screen names the one that says what to do. They are files of `docs`,
 * and ship with the extension.
 */

export const helpTopics = [
  'guide',
  'set-up',
  'relay-address',
  'relay-unreachable',
  'not-a-relay',
  'no-websocket',
  'token',
  'origin',
  'forbidden',
  'protocol',
  'connection-lost',
  'platform-token',
  'platform-down',
  'no-events',
  'unread-events',
  'gaps',
  'insertion',
  'pages-without-sidebar',
  'sites',
  'storage',
  'policy',
  'import',
  'keywords',
  'machine',
  'privacy',
] as const;
export type HelpTopic = (typeof helpTopics)[number];

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
