import { describe, expect, test } from 'vitest';
import { mayHoldNumber, numberOfLink, numbersInText } from '../../../utils/crm/number-text.ts';

describe('a number as people write it', () => {
  test.each([
    ['+44 20 7946 0018', '+442079460018'],
    ['+44 (0)20 7946 0018', '+442079460018'],
    ['0044 20 7946 0018', '+442079460018'],
    ['(020) 7946 0018', '02079460018'],
    ['(555) 123-4567', '5551234567'],
    ['555.123.4567', '5551234567'],
    ['1-800-555-0199', '18005550199'],
    ['030/1234567', '0301234567'],
    ['030 / 123 45 67', '0301234567'],
    ['01.23.45.67.89', '0123456789'],
    ['01 23 45 67 89', '0123456789'],
    ['044.123.45.67', '0441234567'],
    ['612 345 678', '612345678'],
    ['22 33 44 55', '22334455'],
    ['+55 (11) 91234-5678', '+5511912345678'],
    ['+49 151 2345678', '+491512345678'],
    ['020\u00a07946\u20110018', '02079460018'],
    ['\u200e+966 11 123 4567\u200e', '+966111234567'],
    ['٠١١ ١٢٣ ٤٥٦٧', '0111234567'],
    ['4915112345671', '4915112345671'],
  ])('%s', (written, number) => {
    expect(numbersInText(written)).toEqual([number]);
    expect(numbersInText(`Tel: ${written}.`)).toEqual([number]);
    expect(numbersInText(`Call ${written}, or write.`)).toEqual([number]);
  });

  test.each([
    ['Tel:020 7946 0018', ['02079460018']],
    ['020 7946 0018 / 020 7946 0019', ['02079460018', '02079460019']],
    ['Mobile 07700 900123; office 020 7946 0018', ['07700900123', '02079460018']],
    ['sip:+442079460018@pbx.example', ['+442079460018']],
    ['Called 17/01/2024 12:30 from 020 7946 0018', ['02079460018']],
    ['2024-01-17 020 7946 0018', ['02079460018']],
    ['555-123-4567x12', ['5551234567']],
    ['020 7946 0018\n020 7946 0019', ['02079460018', '02079460019']],
  ])('%j', (text, numbers) => {
    expect(numbersInText(text)).toEqual(numbers);
  });
});

describe('what is no number', () => {
  test.each([
    ['2024-01-17'],
    ['17/01/2024'],
    ['17.01.2024 12:30'],
    ['01/17/2024, 12:30:05'],
    ['17.01.24 - 19.01.24'],
    ['2024-01-17T12:30:05.123Z'],
    ['2024-01-17 12:30:05,123'],
    ['20240117'],
    ['20240117123005'],
    ['2019-2024'],
    ['1,234,567.89'],
    ['1.234.567,89 €'],
    ['1.234.567'],
    ['12 345 678'],
    ['1234567.89'],
    ['€ 1234567'],
    ['1234567 EUR'],
    ['612 345 678 kr'],
    ['R$ 612345678'],
    ['51.5074123, -0.1277583'],
    ['4242 4242 4242 4242'],
    ['4242424242424242'],
    ['378282246310005'],
    ['3782 822463 10005'],
    ['ABC1234567'],
    ['1234567ABC'],
    ['INV-20314411'],
    ['#1234567'],
    ['id=1234567'],
    ['/tickets/1234567'],
    ['1234567@example.com'],
    ['1234567.html'],
    ['550e8400-e29b-41d4-a716-446655440000'],
    ['192.168.100.200'],
    ['123-45-6789'],
    ['0000000'],
    ['1 2 3 4 5 6 7 8 9'],
    ['1234567890123456789012'],
    ['123 456'],
    [''],
  ])('%s', (text) => {
    expect(numbersInText(text)).toEqual([]);
    expect(numbersInText(`It says ${text} there`)).toEqual([]);
  });

  test('a long run of digits and signs takes no long time', () => {
    const startedMs = performance.now();
    for (const text of ['1 ', '1-', '1/(', '2024-01-17 ', '(', '+ '].map((part) => part.repeat(50_000))) {
      numbersInText(text);
    }
    expect(performance.now() - startedMs).toBeLessThan(2_000);
  });
});

describe('a link', () => {
  test.each([
    ['tel:+1-201-555-0123', '+12015550123'],
    ['tel:+1-201-555-0123;ext=7', '+12015550123'],
    ['TEL:020%207946%200018', '02079460018'],
    ['tel://02079460018', '02079460018'],
    ['callto:0044 20 7946 0018', '+442079460018'],
    ['sip:+442079460018@pbx.example', '+442079460018'],
    ['sip:1001@pbx.example;transport=tls', '1001'],
    ['sips:1001@pbx.example', '1001'],
    ['tel:1001', '1001'],
  ])('%s calls %s', (href, number) => {
    expect(numberOfLink(href)).toBe(number);
  });

  test.each([
    ['tel:'],
    ['tel:11'],
    ['tel:1-800-FLOWERS'],
    ['tel:12345678901234567'],
    ['callto:echo123'],
    ['sip:alice@pbx.example'],
    ['tel:%'],
    ['mailto:1234567@example.com'],
    ['https://example.com/1234567'],
  ])('%s calls none', (href) => {
    expect(numberOfLink(href)).toBeUndefined();
  });
});

describe('letters of other scripts', () => {
  test.each(['Größe1234567', '1234567ß', '日本1234567', '1234567円', 'Ж-1234567', '1234567-Ж', '1234567 ₽'])(
    'make a part of something else of %s',
    (written) => {
      expect(numbersInText(written)).toEqual([]);
    },
  );

  test.each(['Rückruf: 030 1234567', 'Für 030 1234567 – größer', '電話 030 1234567、東京', '„030 1234567“'])(
    'stand apart from the number in %s',
    (written) => {
      expect(numbersInText(written)).toEqual(['0301234567']);
    },
  );
});

describe('what may hold a number', () => {
  test.each([
    ['', false],
    ['Ticket 104 233', false],
    ['2026-11-2', true],
    ['a1b2c3d4e5f6g7', true],
    ['٠١١', true],
    ['０３', true],
  ])('%j: %j', (text, may) => {
    expect(mayHoldNumber(text)).toBe(may);
  });
});
