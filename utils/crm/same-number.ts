/** Whether two ways to write a phone number mean the same telephone. */

/** Fewer digits are an extension, which is only itself. */
const MIN_NUMBER_DIGITS = 7;
/**
 * What may stand before a number that is whole within its country: a country code of ITU-T E.164, and the 0 that some
 * countries keep after it.
 */
const COUNTRY_CODE = new RegExp(
  '^(?:[17]|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]' +
    '|(?:2[1-689]|3[578]|42|5[09]|6[79]|8[0578]|9[679])\\d)0?$',
);

type Parts = { digits: string; isInternational: boolean; hasTrunkPrefix: boolean };

/**
 * Equal from the right, over all digits of the shorter one and at least seven. A national 0 and a country code that
 * stands on one side only do not count; two different country codes do.
 */
export function isSameNumber(one: string, other: string): boolean {
  const [a, b] = [partsOf(one), partsOf(other)];
  if (a.digits === b.digits) return a.digits !== '';
  if (a.digits.length < MIN_NUMBER_DIGITS || b.digits.length < MIN_NUMBER_DIGITS) return false;
  const bothWhole = (a.isInternational && b.isInternational) || (a.hasTrunkPrefix && b.hasTrunkPrefix);
  if (bothWhole || a.digits.length === b.digits.length) return false;
  const [short, long] = a.digits.length < b.digits.length ? [a, b] : [b, a];
  if (short.isInternational || !long.digits.endsWith(short.digits)) return false;
  return !short.hasTrunkPrefix || COUNTRY_CODE.test(long.digits.slice(0, -short.digits.length));
}

/** `digits` without any prefix but the country code. */
function partsOf(number: string): Parts {
  const all = number.replace(/\D/g, '');
  const hasDoubleZero = all.length > MIN_NUMBER_DIGITS + 2 && /^00[1-9]/.test(all);
  const isInternational = number.trim().startsWith('+') || hasDoubleZero;
  if (isInternational) {
    return { digits: hasDoubleZero ? all.slice(2) : all, isInternational, hasTrunkPrefix: false };
  }
  const hasTrunkPrefix = all.length > MIN_NUMBER_DIGITS && /^0[1-9]/.test(all);
  return { digits: hasTrunkPrefix ? all.slice(1) : all, isInternational, hasTrunkPrefix };
}
