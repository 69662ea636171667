import { describe, expect, test } from 'vitest';
import { countryOf, isSameNumber, toE164 } from '../../../utils/crm/phone.ts';

describe('a number as the world dials it', () => {
  test.each([
    ['030 901820', 'DE', '+4930901820'],
    ['+49 (0)30 901820', 'DE', '+4930901820'],
    ['0049 30 901820', 'DE', '+4930901820'],
    ['(512) 555-0142', 'US', '+15125550142'],
    ['1 512 555 0142', 'US', '+15125550142'],
    ['011 44 20 7946 0018', 'US', '+442079460018'],
    ['020 7946 0018', 'GB', '+442079460018'],
    ['+44 (0)20 7946 0018', 'US', '+442079460018'],
    ['01 99 00 12 34', 'FR', '+33199001234'],
    ['910 123 456', 'ES', '+34910123456'],
    ['(11) 96123-4567', 'BR', '+5511961234567'],
    ['011 96123-4567', 'BR', '+5511961234567'],
    ['0100 123 4567', 'EG', '+201001234567'],
    ['050 123 4567', 'SA', '+966501234567'],
    ['06 1234 5678', 'IT', '+390612345678'],
    ['+39 06 1234 5678', 'DE', '+390612345678'],
    ['512-555-0142 ext. 204', 'US', '+15125550142'],
    ['+1 512 555 0142 x204', 'DE', '+15125550142'],
  ])('%s in %s', (number, country, expected) => {
    expect(toE164(number, country)).toBe(expected);
    expect(toE164(number, country)).toBe(expected);
  });

  test.each([
    ['110', 'DE'],
    ['2001', 'US'],
    ['555 0142', 'US'],
    ['999 999 9999 99', 'US'],
    ['+999 123 4567', 'US'],
    ['call 512-555-0142 now', 'US'],
    ['not a number', 'US'],
    ['', 'US'],
    ['030 901820', ''],
    ['030 901820', 'ZZ'],
  ])('not “%s” in “%s”', (number, country) => {
    expect(toE164(number, country)).toBeUndefined();
  });
});

describe('the same telephone', () => {
  test.each([
    ['+4930901820', '030901820', 'DE'],
    ['4930901820', '030901820', 'DE'],
    ['0049 30 901820', '030 901820', 'DE'],
    ['+15125550142', '5125550142', 'US'],
    ['15125550142', '+15125550142', 'DE'],
    ['+390612345678', '0612345678', 'IT'],
    ['+5511961234567', '011961234567', 'BR'],
    ['+201001234567', '01001234567', 'EG'],
    ['+966501234567', '0501234567', 'SA'],
    ['+15125550142', '5550142', 'US'],
    ['2001', '2001', 'US'],
    ['+442079460018', '02079460018', ''],
    ['+442079460018', '02079460018', 'US'],
  ])('%s and %s in “%s”', (one, other, country) => {
    expect(isSameNumber(one, other, country)).toBe(true);
    expect(isSameNumber(other, one, country)).toBe(true);
  });
});

describe('another telephone', () => {
  test.each([
    ['+4930901820', '+4930901821', 'DE'],
    // The same digits from the right, in another country.
    ['+4989123456', '089123456', 'AT'],
    ['+15125550142', '+15125550143', 'US'],
    ['2001', '2002', 'US'],
    ['2001', '+15125552001', 'US'],
    ['', '', 'US'],
  ])('%s and %s in “%s”', (one, other, country) => {
    expect(isSameNumber(one, other, country)).toBe(false);
    expect(isSameNumber(other, one, country)).toBe(false);
  });
});

describe('the agent’s country', () => {
  test.each([
    ['CH', 'de', 'CH'],
    ['', 'de', 'DE'],
    ['', 'en', 'US'],
    ['', 'en-GB', 'GB'],
    ['', 'pt-BR', 'BR'],
    ['', 'ar', 'EG'],
    ['', 'fr-CA', 'CA'],
  ])('%s with the language %s', (preference, locale, country) => {
    expect(countryOf(preference, locale)).toBe(country);
  });
});
