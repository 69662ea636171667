/** How the pages of one CRM are read. Data only, so that a new CRM is one file. */
import type { RecordKind } from '../messaging/surface.ts';

export type Crm = {
  /** As its file is named. */
  id: string;
  name: string;
  /** Match patterns of the addresses its maker hosts; none for one that is only hosted by its users. */
  matches: readonly string[];
  /** Found on every page of it and on no other's: for addresses of the customers' own. */
  mark?: string;
  /** By path, query and hash; the group `id` is the record's. The first that matches counts. */
  records: readonly { kind: RecordKind; path: RegExp }[];
  /** Where the name of the open record stands; the first that is shown counts. */
  title: readonly string[];
  /** Where the numbers of the record's person stand; the whole page where none of them holds a number. */
  people: readonly string[];
  /** The editors a note belongs into, the likeliest first. */
  composer: readonly string[];
};
