/** The fixture pages: the address each stands under, and what is to be read there. `data-expected` marks the composer. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { PageRecord } from '../../utils/messaging/surface.ts';

export type Fixture = {
  /** In `pages`, named for its CRM and, after that, for its layout. */
  page: string;
  address: string;
  title: string;
  record?: PageRecord['record'];
  numbers: string[];
  /** What the composer is called. */
  label: string;
};

const PATRICIA = '+15125550142';
const SYS_ID = '9d385017c611228701d22104cc95c371';
const GUID = '5f8b1a3c-0d2e-4f6a-9b7c-1e2d3c4b5a69';
const LOST = 'Lost debit card';

export const fixtures: readonly Fixture[] = [
  {
    page: 'zendesk',
    address: 'https://acme.zendesk.com/agent/tickets/1042',
    title: LOST,
    record: { kind: 'ticket', id: '1042' },
    numbers: [PATRICIA],
    label: 'Internal note composer',
  },
  {
    page: 'salesforce',
    address: 'https://acme.lightning.force.com/lightning/r/Case/5005g00000AbCdEAAV/view',
    title: LOST,
    record: { kind: 'case', id: '5005g00000AbCdEAAV' },
    numbers: ['5125550142'],
    label: 'Share an update...',
  },
  {
    page: 'salesforce-native-shadow',
    address: 'https://acme--test.sandbox.lightning.force.com/lightning/r/Contact/0035g00000XyZabAAB/view',
    title: 'Patricia Brown',
    record: { kind: 'contact', id: '0035g00000XyZabAAB' },
    numbers: ['5125550142'],
    label: 'Comments',
  },
  {
    page: 'hubspot',
    address: 'https://app-eu1.hubspot.com/contacts/243381/record/0-1/1042',
    title: 'Patricia Brown',
    record: { kind: 'contact', id: '1042' },
    numbers: [PATRICIA],
    label: 'Note',
  },
  {
    page: 'freshdesk',
    address: 'https://acme.freshdesk.com/a/tickets/1042',
    title: LOST,
    record: { kind: 'ticket', id: '1042' },
    numbers: [PATRICIA],
    label: 'Private note',
  },
  {
    page: 'intercom',
    address: 'https://app.intercom.com/a/inbox/ab12cd34/inbox/shared/all/conversation/1042?view=List',
    title: LOST,
    record: { kind: 'conversation', id: '1042' },
    numbers: [PATRICIA],
    label: 'Note',
  },
  {
    page: 'help-scout',
    address: 'https://secure.helpscout.net/conversation/2615606748/1042?folderId=1781329',
    title: LOST,
    record: { kind: 'conversation', id: '1042' },
    numbers: [PATRICIA],
    label: 'Add a note',
  },
  {
    page: 'freescout',
    address: 'https://help.example.com/conversation/77?folder_id=3',
    title: LOST,
    record: { kind: 'conversation', id: '1042' },
    numbers: [PATRICIA],
    label: 'Note',
  },
  {
    page: 'zoho-crm',
    address: 'https://crm.zoho.eu/crm/org20071/tab/Contacts/575656000001758341',
    title: 'Patricia Brown',
    record: { kind: 'contact', id: '575656000001758341' },
    numbers: ['5125550142'],
    label: 'Add a note',
  },
  {
    page: 'zoho-crm-editor-frame',
    address: 'https://help.example.com/crm/org20071/tab/Accounts/575656000001758342',
    title: 'Acme Ltd',
    record: { kind: 'company', id: '575656000001758342' },
    numbers: ['5125550142'],
    label: 'Note',
  },
  {
    page: 'dynamics',
    address: `https://acme.crm4.dynamics.com/main.aspx?appid=1&pagetype=entityrecord&etn=incident&id=${GUID}`,
    title: LOST,
    record: { kind: 'case', id: 'CAS-01042-X4Y9' },
    numbers: [PATRICIA],
    label: 'Note text',
  },
  {
    page: 'servicenow',
    address: `https://acme.service-now.com/now/nav/ui/classic/params/target/incident.do%3Fsys_id%3D${SYS_ID}`,
    title: LOST,
    record: { kind: 'case', id: 'INC0001042' },
    numbers: [PATRICIA],
    label: 'Work notes',
  },
  {
    page: 'servicenow-workspace',
    address: `https://acme.service-now.com/now/sow/record/incident/${SYS_ID}`,
    title: LOST,
    record: { kind: 'case', id: 'INC0001042' },
    numbers: [PATRICIA],
    label: 'Work notes',
  },
  {
    page: 'jira-service-management',
    address: 'https://acme.atlassian.net/jira/servicedesk/projects/BANK/queues/custom/12/BANK-1042',
    title: LOST,
    record: { kind: 'issue', id: 'BANK-1042' },
    numbers: [PATRICIA],
    label: 'Internal note',
  },
  {
    page: 'jira-service-management-data-center',
    address: 'https://help.example.com/browse/BANK-1042',
    title: LOST,
    record: { kind: 'issue', id: 'BANK-1042' },
    numbers: [PATRICIA],
    label: 'Comment internally',
  },
  {
    page: 'request-tracker',
    address: 'https://help.example.com/rt/Ticket/Update.html?Action=Comment&id=1042',
    title: 'Update ticket #1042: Lost debit card',
    record: { kind: 'ticket', id: '1042' },
    numbers: [PATRICIA],
    // CKEditor's own words are no name of the field.
    label: '',
  },
  {
    page: 'request-tracker-plain',
    address: 'https://help.example.com/Ticket/Update.html?id=1042',
    title: 'Update ticket #1042: Lost debit card',
    record: { kind: 'ticket', id: '1042' },
    numbers: [PATRICIA],
    label: 'Message',
  },
  {
    page: 'redmine',
    address: 'https://help.example.com/issues/1042#note-3',
    title: LOST,
    record: { kind: 'issue', id: '1042' },
    numbers: [PATRICIA],
    label: 'Notes',
  },
  {
    page: 'chatwoot',
    address: 'https://help.example.com/app/accounts/1/inbox/4/conversations/1042',
    title: 'Patricia Brown',
    record: { kind: 'conversation', id: '1042' },
    numbers: [PATRICIA],
    label: 'Private note',
  },
  {
    page: 'generic',
    address: 'https://desk.example.com/somewhere',
    title: 'Lost debit card · Somebody’s desk',
    numbers: [PATRICIA],
    label: 'Comment',
  },
];

export function readFixture(page: string): string {
  return readFileSync(resolve(import.meta.dirname, `pages/${page}.html`), 'utf8');
}
