/** The countries whose numbers can be read, by name. */
import { phoneCountries } from '../../utils/crm/phone.ts';

export type Country = { code: string; name: string };

/** In the order of their names; `locale`: BCP 47. */
export function listCountries(locale: string): Country[] {
  const names = new Intl.DisplayNames([locale], { type: 'region' });
  const { compare } = new Intl.Collator(locale);
  return phoneCountries
    .map((code) => ({ code, name: names.of(code) ?? code }))
    .sort((one, other) => compare(one.name, other.name));
}
