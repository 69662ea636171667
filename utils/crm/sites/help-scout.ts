/**
 * Help Scout. As of 2026-11-22, from the addresses in Help Scout's public API documentation, and public knowledge of
 * its conversation page. A note and a reply are written in the same place, one at a time; what people call a
 * conversation is the second number of its address.
 */
import type { Crm } from '../crm.ts';

export const helpScout: Crm = {
  id: 'help-scout',
  matches: ['https://secure.helpscout.net/*'],
  records: () => [
    { kind: 'conversation', path: /^\/conversation\/\d+\/(?<id>\d+)/ },
    { kind: 'conversation', path: /^\/conversation\/(?<id>\d+)/ },
    { kind: 'contact', path: /^\/customers?\/(?<id>\d+)/ },
  ],
  title: ['[data-testid="conversation-subject"]'],
  people: ['[data-testid="customer-sidebar"]'],
  composer: [
    '[data-testid="note-editor"] [contenteditable="true"]',
    '[data-testid="editor"] [contenteditable="true"]',
    '.c-EditorContent [contenteditable="true"]',
    '.redactor-editor',
  ],
};
