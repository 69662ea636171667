/**
 * HubSpot records. As of 2026-11-22, from HubSpot's documented object type ids in its addresses, and public browser
 * extensions that name the columns' `data-test-id`. Note and mail editors are ProseMirror in a floating window.
 */
import type { Crm } from '../crm.ts';

export const hubspot: Crm = {
  id: 'hubspot',
  matches: ['https://app.hubspot.com/*', 'https://*.hubspot.com/contacts/*'],
  records: () => [
    { kind: 'contact', path: /^\/contacts\/\d+\/(?:record\/0-1|contact)\/(?<id>\d+)/ },
    { kind: 'company', path: /^\/contacts\/\d+\/(?:record\/0-2|company)\/(?<id>\d+)/ },
    { kind: 'deal', path: /^\/contacts\/\d+\/(?:record\/0-3|deal)\/(?<id>\d+)/ },
    { kind: 'ticket', path: /^\/contacts\/\d+\/(?:record\/0-5|ticket)\/(?<id>\d+)/ },
    { kind: 'conversation', path: /^\/live-messages\/\d+\/inbox\/(?<id>\d+)/ },
    { kind: 'record', path: /^\/contacts\/\d+\/record\/[\d-]+\/(?<id>\d+)/ },
  ],
  title: [
    '[data-test-id="highlightTitle"]',
    '[data-test-id="left-sidebar"] h1',
    '[data-test-id="left-sidebar"] h2',
  ],
  people: ['[data-test-id="left-sidebar"]'],
  composer: [
    '[data-test-id="note-editor"] .ProseMirror',
    '[role="dialog"] .ProseMirror[contenteditable="true"]',
    '[data-test-id="rich-text-editor"] .ProseMirror',
  ],
};
