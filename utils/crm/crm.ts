/** How the pages of one CRM are read. Data only, so that a new CRM is one file. */
import type { RecordKind } from '../messaging/surface.ts';

/**
 * A CSS selector; ` >>> ` between two of them goes into the open shadow roots and the frames of the same origin that
 * stand within what the first one finds, however deep.
 */
export type DeepSelector = string;

export type Crm = {
  /** As its file is named. */
  id: string;
  /** Match patterns of the addresses its maker hosts; none for one that is only hosted by its users. */
  matches: readonly string[];
  /** A CSS selector, found on every page of it and on no other's: for addresses of the customers' own. */
  mark?: string;
  /**
   * By path, query and hash; the group `id` is the record's. The first that matches counts. Made when they are asked
   * for: a page is of one CRM, and needs the patterns of no other.
   */
  records(): readonly { kind: RecordKind; path: RegExp }[];
  /** Where the record's number for people stands, if its address names it by another. */
  shownId?: readonly DeepSelector[];
  /** Where the name of the open record stands; the first that is shown counts. */
  title: readonly DeepSelector[];
  /** Where the numbers of the record's person stand, fields included; the whole page where there is none. */
  people: readonly DeepSelector[];
  /** The editors a note belongs into, the likeliest first. */
  composer: readonly DeepSelector[];
};
