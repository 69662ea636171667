/**
 * Zoho CRM. As of 2026-11-22, from the addresses in public integrations and public knowledge of its record page: notes
 * are a textarea, or the editor in a frame of the same origin; a mail's editor stands in such a frame too.
 */
import type { Crm } from '../crm.ts';

const RECORD = '(?<id>\\d{6,})';

export const zohoCrm: Crm = {
  id: 'zoho-crm',
  matches: ['com', 'eu', 'in', 'com.au', 'com.cn', 'jp', 'sa', 'uk'].map(
    (end) => `https://crm.zoho.${end}/crm/*`,
  ),
  mark: 'body#crmBody',
  records: () => [
    { kind: 'contact', path: new RegExp(`/tab/Contacts/${RECORD}`) },
    { kind: 'company', path: new RegExp(`/tab/Accounts/${RECORD}`) },
    { kind: 'lead', path: new RegExp(`/tab/Leads/${RECORD}`) },
    { kind: 'deal', path: new RegExp(`/tab/Potentials/${RECORD}`) },
    { kind: 'case', path: new RegExp(`/tab/Cases/${RECORD}`) },
    { kind: 'task', path: new RegExp(`/tab/(?:Activities|Tasks|Calls)/${RECORD}`) },
    { kind: 'record', path: new RegExp(`/tab/\\w+/${RECORD}`) },
  ],
  title: ['.detailViewHeader .dvTitle'],
  people: ['[data-zcqa="detail_view_businesscard"]', '#businessCard', '[id^="value_"][id$="PHONE"]'],
  composer: ['#notesSection textarea[name="noteContent"]', '#noteContent', '#notesSection iframe.ze_area'],
};
