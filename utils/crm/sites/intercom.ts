/**
 * Intercom's inbox. As of 2026-11-22, from public user scripts for it on GitHub: they name the ProseMirror composer,
 * and the class `o__note` of the one that is a note.
 */
import type { Crm } from '../crm.ts';

export const intercom: Crm = {
  id: 'intercom',
  matches: ['https://app.intercom.com/*', 'https://app.eu.intercom.com/*', 'https://app.au.intercom.com/*'],
  records: () => [
    { kind: 'conversation', path: /^\/a\/inbox\/.*\/conversation\/(?<id>\d+)/ },
    { kind: 'conversation', path: /^\/a\/apps\/\w+\/(?:inbox\/.*\/)?conversations?\/(?<id>\d+)/ },
    { kind: 'contact', path: /^\/a\/apps\/\w+\/users\/(?<id>[\w-]+)/ },
  ],
  title: ['.inbox2__conversation-header h2'],
  people: ['.inbox2__conversation-sidebar'],
  composer: [
    '.o__note .embercom-prosemirror-composer-editor',
    '[data-conversation-reply-composer] .ProseMirror',
    '.embercom-prosemirror-composer-editor',
  ],
};
