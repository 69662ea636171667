/**
 * Request Tracker, on its users' own addresses. As of 2026-11-22, from its public source, `share/html/Ticket` and
 * `share/html/Elements/MessageBox`: one message for comment and reply, a textarea `UpdateContent`, over which CKEditor
 * lies (4 in a frame up to RT 5, 5 in the page from RT 6 on). The ticket itself is shown on another page.
 */
import type { Crm } from '../crm.ts';

export const requestTracker: Crm = {
  id: 'request-tracker',
  matches: [],
  mark: '#comp-Ticket-Update, #comp-Ticket-Display, form[name="TicketUpdate"], #bpscredits',
  records: () => [
    { kind: 'ticket', path: /\/Ticket\/\w+\.html\?(?:.*&)?id=(?<id>\d+)/ },
    { kind: 'contact', path: /\/User\/Summary\.html\?(?:.*&)?id=(?<id>\d+)/ },
  ],
  title: ['#header h1', 'h1.page-title, #page-title'],
  people: ['.ticket-info-requestor, .ticket-info-people', '#user-summary-info'],
  composer: [
    '.messagebox-container iframe.cke_wysiwyg_frame',
    '.messagebox-container .ck-editor__editable',
    '.messagebox-container textarea.messagebox',
    'textarea#UpdateContent, textarea#Content',
  ],
};
