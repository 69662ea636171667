/**
 * Chatwoot, its maker's cloud and its users' own addresses. As of 2026-11-22, from its public source,
 * `ReplyBox.vue`, `Editor.vue`, `ContactInfo.vue` and `vueapp.html.erb`: one ProseMirror composer for private note and
 * reply, or a textarea in channels of plain text.
 */
import type { Crm } from '../crm.ts';

export const chatwoot: Crm = {
  id: 'chatwoot',
  matches: ['https://app.chatwoot.com/app/*'],
  mark: '.ProseMirror-woot-style, meta[name="description"][content*="customer support solution that helps companies"]',
  records: () => [
    { kind: 'conversation', path: /\/app\/accounts\/\d+\/(?:.*\/)?conversations\/(?<id>\d+)/ },
    { kind: 'contact', path: /\/app\/accounts\/\d+\/contacts\/(?<id>\d+)/ },
  ],
  title: ['.conversation-details-wrap h3', '.contact--profile h3', '.conversation-sidebar-wrap h3'],
  people: ['.contact--profile', '.conversation-sidebar-wrap', 'a[href^="tel:"]'],
  composer: ['.reply-box .ProseMirror', '.reply-box textarea'],
};
