/**
 * Phone numbers in written text, in the ways people of many countries write them. It would rather miss one than take
 * a date, an amount or a card for one: what it finds only says which call belongs to a record.
 */
import { passesLuhn } from '../transcript/redaction/luhn.ts';

const MIN_DIGITS = 7;
const MAX_DIGITS = 15;
/** A link says by itself that it is a number, so an extension counts there. */
const MIN_LINK_DIGITS = 3;

const OTHER_DIGITS = /[\u0660-\u0669\u06f0-\u06f9\uff10-\uff19]/g;
const ENOUGH_DIGITS = new RegExp(`(?:\\d\\D*){${MIN_DIGITS}}|${OTHER_DIGITS.source}`);
const INVISIBLE = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/g;
const ODD_SPACES = /[\u00a0\u2002-\u200a\u202f]/g;
const ODD_HYPHENS = /[\u2010-\u2013\u2212]/g;

const YEAR = '(?:19|20)\\d\\d';
const MONTH = '(?:0?[1-9]|1[0-2])';
const DAY = '(?:0?[1-9]|[12]\\d|3[01])';
const OCTET = '(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)';
/** What has digits and separators too, and is no number. */
const NO_NUMBERS = [
  `${YEAR}([-/.])${MONTH}\\1${DAY}(?!\\1?\\d)`,
  `${DAY}([-/.])${MONTH}\\1(?:${YEAR}|\\d\\d)(?!\\1?\\d)`,
  `${MONTH}([-/.])${DAY}\\1(?:${YEAR}|\\d\\d)(?!\\1?\\d)`,
  `${YEAR} ?[-/] ?${YEAR}(?![-/.\\d])`,
  '\\d{1,3}:\\d\\d(?::\\d\\d)?(?:[.,]\\d+)?(?!\\d)',
  `${OCTET}(?:\\.${OCTET}){3}(?!\\.?\\d)`,
].map((source) => new RegExp(`(?<![\\d.\\-/])${source}`, 'g'));

const COMPACT_DATE = new RegExp(`^${YEAR}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\\d|3[01])(?:\\d{4}|\\d{6})?$`);

/** Digits with one gap of a space, a sign or both between any two of them. */
const RUN = /\+?[ (]{0,2}\d(?: ?[-./()]{0,2} ?\(?\d)*/g;
const INTERNATIONAL = /^[ (]*(?:\+|00[ .-]?[1-9])/;
const SPACED_SIGN = / [-/] /;
const ASCII = /^[\0-\x7f]*$/;
const EXTENSION = /^(?:x|ext)\.? ?\d/i;
const SIP = /\bsips?:$/i;

/** The numbers in `text` in their order: digits, with a leading `+` where the country's code is written. */
export function numbersInText(text: string): string[] {
  let plain = plainText(text);
  for (const pattern of NO_NUMBERS) plain = plain.replace(pattern, '\n');
  const found: string[] = [];
  for (const match of plain.matchAll(RUN)) {
    const written = match[0].trim();
    const start = match.index + match[0].indexOf(written);
    const before = plain.slice(Math.max(0, start - 8), start);
    const after = plain.slice(match.index + match[0].length, match.index + match[0].length + 8);
    const [isPart, goesOn] = surroundings(ASCII.test(before + after));
    if (isPart.test(before)) continue;
    if (goesOn.test(after) && !EXTENSION.test(after) && !(after.startsWith('@') && SIP.test(before)))
      continue;
    for (const part of partsOf(written)) {
      if (!isAmount(part) && !isOtherNumber(part)) found.push(normalise(part));
    }
  }
  return found.filter((number) => isLong(number, MIN_DIGITS));
}

/** The number a `tel:`, `callto:` or `sip:` link calls, if it is one. */
export function numberOfLink(href: string): string | undefined {
  const target = /^(?:tel|callto|sips?):(?:\/\/)?([^;?@]+)/i.exec(href.trim())?.[1];
  if (target === undefined) return undefined;
  const written = plainText(decode(target));
  if (!/^[\d+ ().\-/]+$/.test(written)) return undefined;
  const number = normalise(written);
  return isLong(number, MIN_LINK_DIGITS) ? number : undefined;
}

/** Whether there are digits enough, at a fraction of what reading it costs. */
export function mayHoldNumber(text: string): boolean {
  return ENOUGH_DIGITS.test(text);
}

/**
 * What stands before digits, and what behind them, where they are a part of something else. To look for all letters of
 * Unicode costs a page most of a millisecond at first, and few texts need it. The browser keeps what was made once.
 */
function surroundings(isAscii: boolean): readonly [RegExp, RegExp] {
  const letter = isAscii ? 'A-Za-z' : '\\p{L}';
  const word = isAscii ? `${letter}\\d` : `${letter}\\p{N}`;
  const currency = '(?:\\p{Sc}|EUR|USD|GBP|CHF|BRL|CAD|AUD|JPY|INR|SEK|NOK|DKK|PLN|CZK|MXN|Rs\\.?|kr\\.?)';
  return [
    new RegExp(`(?:[${word}_\\-./#=@&?%\\\\+*~^$]|\\d[,:']|${currency} ?)$`, 'u'),
    new RegExp(`^(?:[${word}_@%°]|[-_/.][${word}]|[,:']\\d| ?${currency}(?![${letter}]))`, 'u'),
  ];
}

function plainText(text: string): string {
  return text
    .replace(OTHER_DIGITS, (digit) => String(digit.charCodeAt(0) & 15))
    .replace(INVISIBLE, '')
    .replace(ODD_SPACES, ' ')
    .replace(ODD_HYPHENS, '-');
}

/** Two numbers with a sign between them, or one that is written so. */
function partsOf(written: string): string[] {
  const parts = written.split(SPACED_SIGN);
  return parts.every((part) => isLong(digitsOf(part), MIN_DIGITS)) ? parts : [written];
}

/** Thousands, or a fraction. */
function isAmount(written: string): boolean {
  return /^\d{1,2}([. ])\d{3}(?:\1\d{3})*$/.test(written) || /^(?:0|[1-9]\d*)\.\d+$/.test(written);
}

/** A date in one piece, an identity number of the United States, a card, a count from one to ten, or a filler. */
function isOtherNumber(written: string): boolean {
  const digits = digitsOf(written);
  if (INTERNATIONAL.test(written)) return false;
  return (
    COMPACT_DATE.test(written) ||
    /^\d{3}-\d\d-\d{4}$/.test(written) ||
    /^(\d)\1+$/.test(digits) ||
    /^\d(?:\D+\d){4}/.test(written) ||
    (digits.length >= 13 && passesLuhn(digits))
  );
}

/** `+44 (0)20 …` names the 0 that is dialled within the country only. */
function normalise(written: string): string {
  if (!INTERNATIONAL.test(written)) return digitsOf(written);
  return `+${digitsOf(written.replace(/\(0\)/, '')).replace(/^00/, '')}`;
}

function digitsOf(written: string): string {
  return written.replace(/\D/g, '');
}

function isLong(number: string, minDigits: number): boolean {
  const count = digitsOf(number).length;
  return count >= minDigits && count <= MAX_DIGITS;
}

/** A link may be escaped wrongly; then it is read as it stands. */
function decode(target: string): string {
  try {
    return decodeURIComponent(target);
  } catch {
    return target;
  }
}
