/** The pages of `docs/help`, one a topic: every error on screen names the one that says what to do. */

export const helpTopics = [
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
