/**
 * FreeScout, on its users' own addresses. As of 2026-11-22, from its public source, `resources/views/conversations`
 * and `resources/views/customers/profile_snippet.blade.php`: one form for reply and note, with Summernote over the
 * textarea `#body`; hidden until it is asked for.
 */
import type { Crm } from '../crm.ts';

export const freescout: Crm = {
  id: 'freescout',
  matches: [],
  mark: '#conv-layout, body.body-conv',
  records: () => [
    { kind: 'conversation', path: /\/conversation\/(?<id>\d+)/ },
    { kind: 'contact', path: /\/customers?\/(?<id>\d+)/ },
  ],
  shownId: ['.conv-numnav strong'],
  title: ['#conv-subject .conv-subjtext', '.customer-snippet .customer-name'],
  people: ['.customer-snippet'],
  composer: [
    '.conv-note-block .note-editable',
    '.conv-reply-block .note-editable',
    '.form-reply textarea[name="body"]',
  ],
};
