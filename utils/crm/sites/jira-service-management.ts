/**
 * Jira Service Management, cloud and data centre. As of 2026-11-22, from public user scripts and extensions for the
 * cloud's `data-testid`, and public knowledge of the data centre's form. The cloud has one composer for note and reply.
 */
import type { Crm } from '../crm.ts';

const KEY = '(?<id>[A-Z][A-Z0-9_]+-\\d+)';

export const jiraServiceManagement: Crm = {
  id: 'jira-service-management',
  matches: ['https://*.atlassian.net/browse/*', 'https://*.atlassian.net/jira/*'],
  mark: 'meta[name="application-name"][content="JIRA"], body#jira',
  records: () => [
    { kind: 'issue', path: new RegExp(`[?&]selectedIssue=${KEY}`) },
    { kind: 'issue', path: new RegExp(`/(?:browse|issues|queues/custom/\\d+|queues/issue)/${KEY}`) },
    { kind: 'issue', path: new RegExp(`/servicedesk/.*/${KEY}(?:[/?#]|$)`) },
  ],
  title: ['[data-testid="issue.views.issue-base.foundation.summary.heading"]', 'h1#summary-val'],
  people: [
    '[data-testid="issue.views.issue-details.issue-layout.container-right"]',
    '#peopledetails, #customfieldmodule, #sd-customer-details',
  ],
  composer: [
    '[data-testid="issue.activity.comment"] .ProseMirror',
    '[data-testid^="issue-comment-base"] .ProseMirror',
    '.ak-editor-content-area .ProseMirror',
    '#issue-comment-add textarea#comment',
  ],
};
