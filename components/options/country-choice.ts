/** The countries whose numbers can be read, by name. */
import { type CountryCode, getCountries } from 'libphonenumber-js/min';

export type Country = { code: CountryCode; name: string };

/** In the order of their names; `locale`: BCP 47. */
export function listCountries(locale: string): Country[] {
  const names = new Intl.DisplayNames([locale], { type: 'region' });
  const { compare } = new Intl.Collator(locale);
  return getCountries()
    .map((code) => ({ code, name: names.of(code) ?? code }))
    .sort((one, other) => compare(one.name, other.name));
}
