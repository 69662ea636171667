/** The topics in the order in which they are listed, each in one group. */
import type { MessageKey } from '../../utils/browser/runtime.ts';
import type { HelpTopic } from '../../utils/help/topics.ts';

export const helpGroups: readonly { title: MessageKey; topics: readonly HelpTopic[] }[] = [
  { title: 'helpGroupUse', topics: ['guide', 'set-up', 'keywords', 'sites', 'privacy'] },
  {
    title: 'helpGroupRelay',
    topics: [
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
  },
  {
    title: 'helpGroupLines',
    topics: ['platform-token', 'platform-down', 'no-events', 'unread-events', 'gaps'],
  },
  { title: 'helpGroupTicket', topics: ['insertion', 'pages-without-sidebar', 'machine'] },
  { title: 'helpGroupSettings', topics: ['storage', 'import', 'policy'] },
];
