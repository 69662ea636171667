/**
 * Where on the settings page one is: `options.html#sites` is a section, `#start` and `#inspector` views of their own.
 * What follows a question mark is the section's own.
 */

export const sectionIds = [
  'relays',
  'sites',
  'keywords',
  'copying',
  'hiding',
  'reading',
  'privacy',
  'backup',
] as const;
export type SectionId = (typeof sectionIds)[number];

export type Place =
  | { view: 'start' }
  | { view: 'inspector' }
  /** Without a section: the page from its top. */
  | { view: 'settings'; section: SectionId | undefined };

/** `hash`: as `location.hash` says it. What is not known is the page from its top. */
export function placeOf(hash: string): Place {
  const named = hash.replace(/^#|\?.*$/g, '');
  if (named === 'start' || named === 'inspector') return { view: named };
  return { view: 'settings', section: sectionIds.find((id) => id === named) };
}

/** A section on screen: where it begins against the window, in CSS pixels. */
export type SectionTop = { id: SectionId; top: number };

/**
 * The section being read, of those on the page in order: the last one that begins above the line the eye is on, and
 * at the page's end the last of all. `lineAt`: that line against the window, in CSS pixels.
 */
export function sectionAt(
  tops: readonly SectionTop[],
  lineAt: number,
  isAtEnd: boolean,
): SectionId | undefined {
  return (isAtEnd ? tops.at(-1) : tops.findLast(({ top }) => top <= lineAt))?.id;
}
