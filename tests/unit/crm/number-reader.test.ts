/** Our reader of phone numbers beside the library whose data it uses: they say the same of every number. */
import fc from 'fast-check';
import {
  getCountries,
  getExampleNumber,
  isSupportedCountry,
  parsePhoneNumberFromString,
} from 'libphonenumber-js/min';
import examples from 'libphonenumber-js/mobile/examples';
import { describe, expect, test } from 'vitest';
import { phonePlans } from '../../../build/values/phone-plans.ts';
import { createNumberReader } from '../../../utils/crm/number-reader.ts';

const reader = createNumberReader(phonePlans);
const countries = getCountries();

function libraryReads(number: string, country: string): string | undefined {
  const home = isSupportedCountry(country) ? { defaultCountry: country } : {};
  const parsed = parsePhoneNumberFromString(number, { ...home, extract: false });
  return parsed?.isValid() === true ? parsed.number : undefined;
}

/** A number of the country in the ways it is written there and elsewhere. */
function waysToWrite(country: (typeof countries)[number]): string[] {
  const example = getExampleNumber(country, examples);
  if (example === undefined) throw new Error(`${country} has no example.`);
  return [
    example.number,
    example.number.slice(1),
    example.nationalNumber,
    example.formatNational(),
    example.formatInternational(),
    `00${example.number.slice(1)}`,
    `011 ${example.formatInternational().slice(1)}`,
    `0${example.nationalNumber}`,
    `+${example.countryCallingCode} (0)${example.nationalNumber}`,
    `${example.formatNational()} ext. 12`,
    example.nationalNumber.slice(0, -1),
    `${example.nationalNumber}7`,
    `${example.number}99`,
  ];
}

test('knows the same countries', () => {
  expect([...reader.countries].sort()).toEqual([...countries].sort());
});

describe.each(countries)('a number of %s', (country) => {
  test.each([country, 'US', 'DE', 'RU', 'AU', ''])('read in “%s”', (home) => {
    for (const written of waysToWrite(country)) {
      expect([written, reader.read(written, home)]).toEqual([written, libraryReads(written, home)]);
    }
  });

  test('is the telephone that it is', () => {
    const { number } = getExampleNumber(country, examples) ?? {};
    expect(reader.read(number ?? '', '')).toBe(number);
  });
});

const home = fc.constantFrom(...countries, '');
const digits = fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 1, maxLength: 18 });

test('any digits are read alike, behind any calling code and in any country', () => {
  const codes = fc.constantFrom(
    '',
    '+',
    '00',
    '0',
    '+1',
    '+7',
    '+39',
    '+44',
    '+61',
    '+590',
    '+800',
    ...phonePlans.map(([, code]) => `+${code}`),
  );
  fc.assert(
    fc.property(codes, digits, home, (code, rest, country) => {
      expect(reader.read(code + rest, country)).toBe(libraryReads(code + rest, country));
    }),
    { numRuns: 20_000 },
  );
});

test('any number that is nearly one of a country is read alike', () => {
  const nearly = fc
    .tuple(fc.constantFrom(...countries), fc.nat({ max: 12 }), digits)
    .map(
      ([country, kept, rest]) => `+${getExampleNumber(country, examples)?.number.slice(1, kept + 2)}${rest}`,
    );
  fc.assert(
    fc.property(nearly, fc.boolean(), home, (number, isBare, country) => {
      const written = isBare ? number.slice(1) : number;
      expect(reader.read(written, country)).toBe(libraryReads(written, country));
    }),
    { numRuns: 20_000 },
  );
});

test('any writing is read alike', () => {
  const piece = fc.constantFrom(
    ...'0123456789',
    ...'012345',
    '+',
    ' ',
    '-',
    '(',
    ')',
    '.',
    '/',
    'x',
    ' ext. ',
    '#',
    ',',
    ';',
    ';ext=',
    '٣',
    '５',
    '＋',
    '–',
    'доб',
    'a',
  );
  const written = fc.array(piece, { maxLength: 22 }).map((pieces) => pieces.join(''));
  fc.assert(
    fc.property(written, home, (text, country) => {
      expect(reader.read(text, country)).toBe(libraryReads(text, country));
    }),
    { numRuns: 20_000 },
  );
});
