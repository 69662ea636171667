/**
 * Freshdesk. As of 2026-11-22, from public user scripts and time trackers for it on GitHub: they name the subject, the
 * contact's card and the Froala editors. A note and a reply are written in the same place, one at a time.
 */
import type { Crm } from '../crm.ts';

export const freshdesk: Crm = {
  id: 'freshdesk',
  matches: ['https://*.freshdesk.com/a/*'],
  records: () => [
    { kind: 'ticket', path: /^\/a\/tickets\/(?<id>\d+)/ },
    { kind: 'contact', path: /^\/a\/contacts\/(?<id>\d+)/ },
    { kind: 'company', path: /^\/a\/companies\/(?<id>\d+)/ },
  ],
  title: ['.ticket-subject-heading', '.contact-info__name'],
  people: ['.ticket-contact-details', '.contact-info'],
  composer: [
    '[data-test-id="note-editor"] .fr-element',
    '.ticket-reply-editor .fr-element',
    '.fr-wrapper > .fr-element[contenteditable="true"]',
  ],
};
