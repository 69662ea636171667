/** Phone numbers as one telephone of the world: ITU-T E.164, with the agent's country for those written without one. */
import { phonePlans } from '../../build/values/phone-plans.ts';
import { createNumberReader } from './number-reader.ts';
import { isSameNumber as hasSameDigits } from './same-number.ts';

/** A page has 50 numbers and a call two; what was read is kept until so many were. */
const MAX_KEPT = 2_000;

const kept = new Map<string, string | undefined>();
const reader = createNumberReader(phonePlans);

/** ISO 3166-1 alpha-2: those whose numbers can be read. */
export const phoneCountries = reader.countries;

/**
 * `+` and digits, without the extension; nothing for what is no valid number. `country` is an ISO 3166-1 alpha-2 code;
 * without one that is known, only numbers with a `+` are read.
 */
export function toE164(number: string, country: string): string | undefined {
  const key = `${country} ${number}`;
  if (kept.has(key)) return kept.get(key);
  if (kept.size >= MAX_KEPT) kept.clear();
  const read = reader.read(number, country);
  kept.set(key, read);
  return read;
}

/** The country that was chosen, else the one where most people speak `locale`, a BCP 47 tag, or where it says. */
export function countryOf(preference: string, locale: string): string {
  return preference === '' ? (new Intl.Locale(locale).maximize().region ?? '') : preference;
}

/**
 * Whether both are the same telephone for somebody in `country`. Where one is no valid number, such as an extension
 * or a number without its area code, the digits alone are compared.
 */
export function isSameNumber(one: string, other: string, country: string): boolean {
  const [ones, others] = [readingsOf(one, country), readingsOf(other, country)];
  if (ones.length === 0 || others.length === 0) return hasSameDigits(one, other);
  return ones.some((reading) => others.includes(reading));
}

/** Platforms write international numbers without their `+`, and some of those are valid in the agent's country too. */
function readingsOf(number: string, country: string): string[] {
  const readings = [toE164(number, country)];
  if (/^[1-9]/.test(number)) readings.push(toE164(`+${number}`, ''));
  return readings.filter((reading) => reading !== undefined);
}
