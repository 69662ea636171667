/**
 * Redmine, on its users' own addresses. As of 2026-11-22, from its public source, `app/views/layouts/base.html.erb` and
 * `app/views/issues`: the notes are a textarea in the form below the issue, hidden until it is asked for.
 */
import type { Crm } from '../crm.ts';

export const redmine: Crm = {
  id: 'redmine',
  matches: [],
  mark: 'meta[name="description"][content="Redmine"], body.controller-issues #wrapper',
  records: () => [
    { kind: 'issue', path: /\/issues\/(?<id>\d+)/ },
    { kind: 'contact', path: /\/contacts\/(?<id>\d+)/ },
  ],
  title: ['.issue .subject h3', '#content .contact h2'],
  people: ['.issue .attributes', '#content .contact'],
  composer: ['textarea#issue_notes', 'textarea[name="issue[notes]"]', '#update textarea.wiki-edit'],
};
