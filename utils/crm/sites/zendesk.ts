/**
 * Zendesk Agent Workspace. As of 2026-11-22, from public browser extensions and user scripts for it on GitHub: they
 * name the `data-test-id` of subject and composer. There is one composer, for the reply or the internal note; records
 * that are open in other tabs of it stay in the page, hidden.
 */
import type { Crm } from '../crm.ts';

export const zendesk: Crm = {
  id: 'zendesk',
  matches: ['https://*.zendesk.com/agent/*'],
  records: () => [
    { kind: 'ticket', path: /^\/agent\/tickets\/(?<id>\d+)/ },
    { kind: 'contact', path: /^\/agent\/users\/(?<id>\d+)/ },
    { kind: 'company', path: /^\/agent\/organizations\/(?<id>\d+)/ },
  ],
  title: ['[data-test-id="omni-header-subject"]', '[data-test-id="ticket-pane-subject"]'],
  people: ['[data-test-id="customer-context-pane"]'],
  composer: [
    '[data-test-id="omnicomposer-rich-text-ckeditor"]',
    '.zendesk-editor--rich-text-container [contenteditable="true"]',
  ],
};
