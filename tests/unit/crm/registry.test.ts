import { describe, expect, test } from 'vitest';
import { crms, matchesAddress } from '../../../utils/crm/registry.ts';

function crmOf(href: string): string | undefined {
  return crms.find(({ matches }) => matches.some((pattern) => matchesAddress(pattern, href)))?.id;
}

function recordOf(id: string, address: string): string | undefined {
  const crm = crms.find((candidate) => candidate.id === id);
  for (const { kind, path } of crm?.records() ?? []) {
    const found = path.exec(address)?.groups?.['id'];
    if (found !== undefined) return `${kind} ${found}`;
  }
  return undefined;
}

describe('the address of a CRM', () => {
  test.each([
    ['https://acme.zendesk.com/agent/tickets/1', 'zendesk'],
    ['https://acme.zendesk.com/hc/en-us', undefined],
    ['https://zendesk.com/agent/tickets/1', 'zendesk'],
    ['https://eu.acme.zendesk.com/agent/tickets/1', 'zendesk'],
    ['https://acmezendesk.com/agent/tickets/1', undefined],
    ['https://evil.example/.zendesk.com/agent/tickets/1', undefined],
    ['https://evil.example/zendesk.com/agent/tickets/1', undefined],
    ['https://app.chatwoot.com/app/accounts/1', 'chatwoot'],
    ['https://evil.example/?https://acme.zendesk.com/agent/tickets/1', undefined],
    ['http://acme.zendesk.com/agent/tickets/1', undefined],
    ['https://app.hubspot.com/contacts/1/record/0-1/2', 'hubspot'],
    ['https://www.hubspot.com/', undefined],
    ['https://crm.zoho.com.au/crm/org1/tab/Leads/1', 'zoho-crm'],
    ['https://crm.zoho.com/crm/org1/tab/Leads/1', 'zoho-crm'],
    ['https://acme.crm.dynamics.com/main.aspx?etn=contact', 'dynamics'],
    ['https://acme.atlassian.net/wiki/spaces/A', undefined],
    ['https://example.com/', undefined],
  ])('%s is %s', (href, id) => {
    expect(crmOf(href)).toBe(id);
  });
});

test('every pattern is of a form that is read', () => {
  for (const pattern of crms.flatMap(({ matches }) => matches)) {
    expect(pattern).toMatch(/^https:\/\/(?:\*\.)?[^*]+\/[^*]*\*$/);
  }
});

describe('the record of an address', () => {
  const SYS_ID = '9d385017c611228701d22104cc95c371';
  const GUID = '5f8b1a3c-0d2e-4f6a-9b7c-1e2d3c4b5a69';
  test.each([
    ['zendesk', '/agent/users/12/requested_tickets', 'contact 12'],
    ['zendesk', '/agent/filters/360', undefined],
    ['salesforce', '/lightning/r/Account/0015g00000XyZabAAB/view', 'company 0015g00000XyZabAAB'],
    ['salesforce', '/lightning/r/Loan__c/a015g00000XyZabAAB/view?ws=1', 'record a015g00000XyZabAAB'],
    ['salesforce', '/lightning/o/Case/list', undefined],
    ['hubspot', '/contacts/243381/record/0-5/77/view/1', 'ticket 77'],
    ['hubspot', '/contacts/243381/contact/77/', 'contact 77'],
    ['hubspot', '/contacts/243381/record/2-1234/77', 'record 77'],
    ['hubspot', '/contacts/243381/objects/0-1/views/all/list', undefined],
    ['help-scout', '/conversation/2615606748/', 'conversation 2615606748'],
    ['zoho-crm', '/crm/org1/tab/Potentials/575656000001758342', 'deal 575656000001758342'],
    ['zoho-crm', '/crm/tab/Leads/575656000001758342', 'lead 575656000001758342'],
    ['zoho-crm', '/crm/org1/tab/Leads/custom-view/343008/list', undefined],
    ['dynamics', `/main.aspx?pagetype=entityrecord&id=%7B${GUID}%7D&etn=account`, `company ${GUID}`],
    ['dynamics', `/main.aspx?etn=new_loan&id=${GUID}`, `record ${GUID}`],
    ['dynamics', '/main.aspx?pagetype=entitylist&etn=account', undefined],
    ['servicenow', `/incident.do?sys_id=${SYS_ID}`, `case ${SYS_ID}`],
    ['servicenow', `/nav_to.do?uri=%2Fsc_task.do%3Fsys_id%3D${SYS_ID}`, `task ${SYS_ID}`],
    ['servicenow', `/now/sow/record/sn_customerservice_case/${SYS_ID}`, `case ${SYS_ID}`],
    ['servicenow', '/now/nav/ui/classic/params/target/incident_list.do', undefined],
    ['jira-service-management', '/browse/BANK-7?focusedCommentId=3', 'issue BANK-7'],
    ['jira-service-management', '/jira/software/projects/B/boards/1?selectedIssue=BANK-7', 'issue BANK-7'],
    ['jira-service-management', '/jira/software/projects/BANK/boards/1', undefined],
    ['request-tracker', '/Ticket/Display.html?id=7', 'ticket 7'],
    ['request-tracker', '/Search/Results.html?id=7', undefined],
    ['redmine', '/redmine/issues/7', 'issue 7'],
    ['redmine', '/projects/bank/issues', undefined],
    ['chatwoot', '/app/accounts/1/conversations/7', 'conversation 7'],
    ['chatwoot', '/app/accounts/1/dashboard', undefined],
    ['freescout', '/customers/7/edit', 'contact 7'],
    ['intercom', '/a/apps/ab12/users/5f3e-77/all-conversations', 'contact 5f3e-77'],
  ])('%s %s is %s', (id, address, record) => {
    expect(recordOf(id, address)).toBe(record);
  });
});
