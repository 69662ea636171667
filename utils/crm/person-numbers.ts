/** The phone numbers of a record's person: what their part of the page shows, calls, or holds in fields. */
import { numberOfLink, numbersInText } from './number-text.ts';
import { findNumbers } from './page-numbers.ts';

const MAX_NUMBERS = 50;
const FIELDS = 'input:not([type="hidden"],[type="password"],[type="checkbox"],[type="radio"])';

/** Each number once, in the order found; none of what is hidden. */
export function findPersonNumbers(areas: readonly HTMLElement[]): string[] {
  const found = new Set<string>();
  for (const area of areas) {
    if (found.size >= MAX_NUMBERS) break;
    if (!area.checkVisibility()) continue;
    const link = numberOfLink(area.getAttribute('href') ?? '');
    if (link !== undefined) found.add(link);
    for (const number of [...fieldsOf(area).flatMap(numbersOfField), ...findNumbers(area)]) found.add(number);
  }
  return [...found].slice(0, MAX_NUMBERS);
}

function fieldsOf(area: HTMLElement): HTMLInputElement[] {
  const fields = [...area.querySelectorAll<HTMLInputElement>(FIELDS)];
  return area.matches(FIELDS) ? [area as HTMLInputElement] : fields;
}

function numbersOfField(field: HTMLInputElement): string[] {
  return field.checkVisibility() ? numbersInText(field.value) : [];
}
