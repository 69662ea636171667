/**
 * Salesforce Lightning. As of 2026-11-22, from the addresses in Salesforce's documentation of its navigation types,
 * and public test suites and user scripts that name the highlights panel and the publishers. Most of its shadow roots
 * are synthetic, which a content script does not see; the native ones are open.
 */
import type { Crm } from '../crm.ts';

function view(object: string): RegExp {
  return new RegExp(`/lightning/r/${object}/(?<id>[a-zA-Z0-9]{15,18})/`);
}

export const salesforce: Crm = {
  id: 'salesforce',
  matches: ['https://*.lightning.force.com/*'],
  records: () => [
    { kind: 'case', path: view('Case') },
    { kind: 'contact', path: view('(?:Contact|PersonAccount)') },
    { kind: 'company', path: view('Account') },
    { kind: 'lead', path: view('Lead') },
    { kind: 'deal', path: view('Opportunity') },
    { kind: 'task', path: view('Task') },
    { kind: 'record', path: view('\\w+') },
  ],
  title: [
    'records-highlights2 lightning-formatted-text',
    'records-highlights2 lightning-formatted-name',
    'records-highlights2 >>> lightning-formatted-text',
  ],
  people: ['lightning-formatted-phone', 'force-record-layout-item >>> lightning-formatted-phone'],
  composer: [
    '.forceChatterBasePublisher .ql-editor',
    'lightning-input-rich-text .ql-editor',
    'lightning-input-rich-text >>> .ql-editor',
  ],
};
