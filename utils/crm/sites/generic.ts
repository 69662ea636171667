/** Any page: what is known of it is its title, its numbers, and its editor where it has only one. */
import type { Crm } from '../crm.ts';

export const generic: Crm = {
  id: 'generic',
  matches: [],
  records: () => [],
  title: [],
  people: [],
  composer: [],
};
