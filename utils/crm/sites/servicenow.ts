/**
 * ServiceNow: the form in its frame `gsft_main`, inside the open shadow roots of the newer navigation or beside the
 * older one, and the record page of workspaces. As of 2026-11-22, from public browser extensions and test suites: they
 * name frame, fields and the activity stream's textareas. Work notes are for colleagues, comments for the caller.
 */
import type { Crm } from '../crm.ts';

const SYS_ID = '(?<id>[0-9a-f]{32})';

function table(name: string): RegExp {
  return new RegExp(`(?:[/=]|%2f|%3d)${name}(?:\\.do.*sys_id(?:=|%3d)|/)${SYS_ID}`, 'i');
}

/** Wherever the form is: the page itself, its frame, or inside the shadow roots of the newer navigation. */
function inForm(selector: string): string[] {
  return [selector, `[global-navigation-config], [app-id], iframe#gsft_main >>> ${selector}`];
}

export const servicenow: Crm = {
  id: 'servicenow',
  matches: ['https://*.service-now.com/*'],
  mark: 'iframe#gsft_main, [global-navigation-config], body[data-formname] #sys_uniqueValue',
  records: () => [
    { kind: 'case', path: table('\\w*(?:incident|case)') },
    { kind: 'contact', path: table('(?:sys_user|customer_contact|csm_consumer)') },
    { kind: 'company', path: table('(?:customer_account|core_company)') },
    { kind: 'task', path: table('(?:sc_task|task|change_task)') },
    { kind: 'record', path: table('\\w+') },
  ],
  shownId: inForm('input[id^="sys_readonly."][id$=".number"], .sn-record-number'),
  title: ['input[id$=".short_description"]', '.sn-record-header-title'].flatMap(inForm),
  people: inForm('input[id$=".phone"], input[id$=".mobile_phone"], .sn-card-phone'),
  composer: [
    '#activity-stream-work_notes-textarea',
    '#activity-stream-textarea',
    '#activity-stream-comments-textarea',
    'textarea[name="work_notes"]',
    'textarea[name="comments"]',
    '.tox-edit-area__iframe',
  ].flatMap(inForm),
};
