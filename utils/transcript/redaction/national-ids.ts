/** Identity numbers of people, by their check digits or a shape that nothing else has. */

import { digitRuns, spans } from './digit-runs.ts';
import type { Found, HeardLine } from './heard-line.ts';

type Shape = { matcher: RegExp; passes: (written: string) => boolean };

const shapes: readonly Shape[] = [
  // United States, Social Security Number
  shape('\\d{3}([- ])\\d{2}\\1\\d{4}', isSocialSecurity),
  // United Kingdom, National Insurance number
  shape(
    '(?!bg|gb|kn|nk|nt|tn|zz)[abceghj-prstw-z][abceghj-nprstw-z] ?\\d{2} ?\\d{2} ?\\d{2} ?[a-d]',
    () => true,
  ),
  // Spain, DNI and NIE
  shape('(?:\\d{8}|\\d{2}\\.\\d{3}\\.\\d{3}|[xyz][- ]?\\d{7})[- ]?[a-hj-np-tv-z]', isSpanish),
  // France, numéro de sécurité sociale
  shape('[12] ?\\d{2} ?(?:0[1-9]|1[0-2]|[2-9]\\d) ?(?:\\d{2}|2[ab]) ?\\d{3} ?\\d{3} ?\\d{2}', isFrench),
  // Germany, Steuer-Identifikationsnummer
  shape('[1-9]\\d ?\\d{3} ?\\d{3} ?\\d{3}', isGerman),
  // Brazil, CPF
  shape('\\d{3}[. ]?\\d{3}[. ]?\\d{3}[-. ]?\\d{2}', isBrazilian),
  // Italy, codice fiscale
  shape('[a-z]{6} ?\\d{2}[a-ehlmprst]\\d{2} ?[a-z]\\d{3}[a-z]', () => true),
];

/** Nine digits are one of the United States where it was just spoken of. */
const SOCIAL_SECURITY = /(?<!\p{L})(?:social security|social|ssn|s s n)(?!\p{L})/u;
const CONTEXT_LINES = 3;

export function findNationalIds(lines: readonly HeardLine[]): Found[] {
  const typed = lines.flatMap(({ plain }, line) =>
    /\d/.test(plain) ? shapes.flatMap((one) => matchesOf(one, plain, line)) : [],
  );
  return [...typed, ...findDictated(lines)];
}

function matchesOf({ matcher, passes }: Shape, plain: string, line: number): Found[] {
  return [...plain.matchAll(matcher)]
    .filter(({ 0: written }) => passes(written.replace(/[^a-z\d]/g, '')))
    .map(({ 0: written, index }) => ({ line, from: index, to: index + written.length }));
}

function findDictated(lines: readonly HeardLine[]): Found[] {
  return digitRuns(lines, 0).flatMap(({ tokens, lead }) => {
    const digits = tokens.map((token) => token.digits).join('');
    const first = tokens[0]?.line ?? 0;
    const aloud = tokens.some(({ spoken }) => spoken);
    const named = () =>
      lines
        .slice(Math.max(0, first - CONTEXT_LINES), first + 1)
        .some(({ plain }) => SOCIAL_SECURITY.test(plain));
    const isId =
      (digits.length === 9 && isSocialSecurity(digits) && named()) ||
      (aloud && digits.length === 11 && isBrazilian(digits)) ||
      (aloud && digits.length === 15 && /^[12]/.test(digits) && isFrench(digits));
    return isId && lead === undefined ? spans(tokens) : [];
  });
}

function shape(source: string, passes: Shape['passes']): Shape {
  return {
    matcher: new RegExp(`(?<![\\p{L}\\p{N}]|\\d[-.,/])${source}(?![\\p{L}\\p{N}]|[-.,/]\\d)`, 'gu'),
    passes,
  };
}

/** https://www.ssa.gov/employer/randomization.html: what is never assigned. */
function isSocialSecurity(digits: string): boolean {
  return /^(?!000|666|9)\d{3}(?!00)\d{2}(?!0000)\d{4}$/.test(digits);
}

function isSpanish(written: string): boolean {
  const number = Number(written.slice(0, -1).replace(/^[xyz]/, (letter) => String('xyz'.indexOf(letter))));
  return 'trwagmyfpdxbnjzsqvhlcke'[number % 23] === written.at(-1);
}

/** The last two digits are 97 less the rest; Corsica's 2A and 2B count as 19 and 18. */
function isFrench(written: string): boolean {
  const number = BigInt(written.slice(0, 13).replace('2a', '19').replace('2b', '18'));
  return 97n - (number % 97n) === BigInt(written.slice(13));
}

/** ISO 7064, MOD 11,10; of the first ten digits one stands there twice or three times, and no other does. */
function isGerman(digits: string): boolean {
  const counts = new Map<string, number>();
  for (const digit of digits.slice(0, 10)) counts.set(digit, (counts.get(digit) ?? 0) + 1);
  const repeated = [...counts.values()].filter((count) => count > 1);
  if (repeated.length !== 1 || (repeated[0] ?? 0) > 3) return false;
  let product = 10;
  for (const digit of digits.slice(0, 10)) {
    const sum = (Number(digit) + product) % 10 || 10;
    product = (sum * 2) % 11;
  }
  return (11 - product) % 10 === Number(digits[10]);
}

function isBrazilian(digits: string): boolean {
  if (/^(\d)\1*$/.test(digits)) return false;
  return [9, 10].every((length) => {
    let sum = 0;
    for (let index = 0; index < length; index += 1) sum += Number(digits[index]) * (length + 1 - index);
    return ((sum * 10) % 11) % 10 === Number(digits[length]);
  });
}
