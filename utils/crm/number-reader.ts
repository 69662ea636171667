/**
 * Reads a phone number as one telephone of the world. It does what libphonenumber does (Google's, and after it
 * `libphonenumber-js`), and answers as that would; all else that those can do, an extension would carry along unused.
 */
import { dialledDigits } from './dialled-digits.ts';
import type { PhonePlan } from './phone-plan.ts';

export type NumberReader = {
  /** ISO 3166-1 alpha-2. */
  countries: readonly string[];
  /**
   * In E.164, `+` and digits, without the extension; nothing for what is no valid number. Without a `country` that is
   * known, only numbers with a `+` are read.
   */
  read(number: string, country: string): string | undefined;
};

/** The plan a number is read by, and what is left of it behind the calling code. */
type Split = { plan: PhonePlan; rest: string };

const MAX_CODE_DIGITS = 3;
const MIN_DIGITS = 2;
const MAX_DIGITS = 17;

/** `plans`: of all countries; those with one calling code stand in the order in which they are asked. */
export function createNumberReader(plans: readonly PhonePlan[]): NumberReader {
  const byCountry = new Map(plans.filter(([country]) => country !== '').map((plan) => [plan[0], plan]));
  const byCode = Map.groupBy(plans, ([, code]) => code);

  /** Of those that share a calling code, the one whose number it is. */
  function ownerOf(code: string, number: string): PhonePlan | undefined {
    const sharing = byCode.get(code) ?? [];
    return sharing.length === 1 ? sharing[0] : sharing.find((plan) => isOwn(number, plan));
  }

  /** Without what is dialled before it within the country, unless it is a number only as it stands. */
  function withoutPrefix(digits: string, plan: PhonePlan): string {
    const [, code, , pattern, ownLengths, prefix, instead] = plan;
    const start = new RegExp(`^(?:${prefix})`);
    const found = prefix === '' ? null : start.exec(digits);
    if (found === null) return digits;
    const hasGroup = found.length > 1 && Boolean(found.at(-1));
    const number = digits.replace(start, instead !== '' && hasGroup ? instead : '');
    if (isWhole(digits, pattern) && !isWhole(number, pattern)) return digits;
    const lengths = ownerOf(code, number)?.[4] ?? ownLengths;
    return lengths.includes(number.length) || isTooLong(number, lengths) ? number : digits;
  }

  /** With a `+`, where it is dialled at `home` as a number abroad. */
  function fromAbroad(digits: string, [, , abroad]: PhonePlan): string {
    const dialled = new RegExp(`^(?:${abroad})`).exec(digits)?.[0] ?? '';
    const far = digits.slice(dialled.length);
    return dialled === '' || far === '' || far.startsWith('0') ? digits : `+${far}`;
  }

  function splitCode(digits: string): Split | undefined {
    for (let length = 1; length <= MAX_CODE_DIGITS; length += 1) {
      const plan = byCode.get(digits.slice(0, length))?.[0];
      if (plan !== undefined) return { plan, rest: digits.slice(length) };
    }
    return undefined;
  }

  /** People leave out the `+` before their own country's code, too. */
  function splitOwnCode(digits: string, home: PhonePlan): Split {
    const [, code, , pattern, lengths] = home;
    if (!digits.startsWith(code)) return { plan: home, rest: digits };
    const rest = digits.slice(code.length);
    const number = withoutPrefix(digits, home);
    const isBetter = !isWhole(number, pattern) && isWhole(withoutPrefix(rest, home), pattern);
    if (!isBetter && !isTooLong(number, lengths)) return { plan: home, rest: digits };
    return { plan: byCode.get(code)?.[0] ?? home, rest };
  }

  return {
    countries: [...byCountry.keys()],
    read(written, country) {
      const home = byCountry.get(country);
      const dialled = dialledDigits(written);
      if (dialled === undefined) return undefined;
      const digits = home === undefined ? dialled : fromAbroad(dialled, home);
      const split = digits.startsWith('+') ? splitCode(digits.slice(1)) : home && splitOwnCode(digits, home);
      if (split === undefined) return undefined;
      const [, code] = split.plan;
      const number = withoutPrefix(split.rest, split.plan);
      if (number.length < MIN_DIGITS || number.length > MAX_DIGITS) return undefined;
      return isValid(number, ownerOf(code, number) ?? split.plan) ? `+${code}${number}` : undefined;
    },
  };
}

/** Of several countries with one calling code: by how a number begins, or else by what numbers there are. */
function isOwn(number: string, plan: PhonePlan): boolean {
  const [, , , , , , , beginning, kinds] = plan;
  if (beginning !== '') return new RegExp(`^(?:${beginning})`).test(number);
  return kinds !== '' && isValid(number, plan);
}

function isValid(number: string, [, , , pattern, , , , , kinds]: PhonePlan): boolean {
  return isWhole(number, pattern) && (kinds === '' || isWhole(number, kinds));
}

function isWhole(number: string, pattern: string): boolean {
  return new RegExp(`^(?:${pattern})$`).test(number);
}

function isTooLong(number: string, lengths: readonly number[]): boolean {
  return number.length > (lengths.at(-1) ?? 0);
}
