/** The CRMs whose pages are known, and which of them a page is of. */
import type { Crm } from './crm.ts';
import { chatwoot } from './sites/chatwoot.ts';
import { dynamics } from './sites/dynamics.ts';
import { freescout } from './sites/freescout.ts';
import { freshdesk } from './sites/freshdesk.ts';
import { generic } from './sites/generic.ts';
import { helpScout } from './sites/help-scout.ts';
import { hubspot } from './sites/hubspot.ts';
import { intercom } from './sites/intercom.ts';
import { jiraServiceManagement } from './sites/jira-service-management.ts';
import { redmine } from './sites/redmine.ts';
import { requestTracker } from './sites/request-tracker.ts';
import { salesforce } from './sites/salesforce.ts';
import { servicenow } from './sites/servicenow.ts';
import { zendesk } from './sites/zendesk.ts';
import { zohoCrm } from './sites/zoho-crm.ts';

/** `generic` is the last: it is every page's. */
export const crms: readonly Crm[] = [
  zendesk,
  salesforce,
  hubspot,
  freshdesk,
  intercom,
  helpScout,
  zohoCrm,
  dynamics,
  servicenow,
  jiraServiceManagement,
  freescout,
  requestTracker,
  redmine,
  chatwoot,
  generic,
];

/** By the address, else by what stands on the page, which has the mark of one at most. */
export function findCrm(document: Document, href: string): Crm {
  const hosted = crms.find(({ matches }) => matches.some((pattern) => matchesAddress(pattern, href)));
  if (hosted !== undefined) return hosted;
  const marked = document.querySelector(crms.flatMap(({ mark }) => mark ?? []).join());
  return crms.find(({ mark }) => mark !== undefined && marked?.matches(mark)) ?? generic;
}

/**
 * A match pattern of the browsers, of `https` alone, whose last `*` is its end: `*.` before a host is the host too. No
 * regular expression is made of it: those of all patterns took a page longer than all the rest of the question.
 */
export function matchesAddress(pattern: string, href: string): boolean {
  const [start = '', host] = pattern.slice(0, -1).split('*.');
  if (host === undefined) return href.startsWith(start);
  const at = href.indexOf(host);
  return at > 0 && /^https:\/\/(?:[^/]+\.)?$/.test(href.slice(0, at));
}
