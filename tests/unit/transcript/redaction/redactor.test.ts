import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Leg } from '../../../../utils/transcript/event.ts';
import { createRedactor, type RedactionRules } from '../../../../utils/transcript/redaction/redactor.ts';

const none: RedactionRules = { cards: false, nationalIds: false, emails: false, phones: false, patterns: [] };
const all: RedactionRules = {
  cards: true,
  nationalIds: true,
  emails: true,
  phones: true,
  patterns: [
    { name: 'member', pattern: '@@-###' },
    { name: 'Card', pattern: 'card' },
  ],
};

function call(...said: [Leg, string][]): { leg: Leg; text: string }[] {
  return said.map(([leg, text]) => ({ leg, text }));
}

const pieces = fc.oneof(
  fc.constantFrom(
    ...'four two 4 42 4242 42424242 4242424242424242 double forty vingt quatre um uh and - . , : / + $ at dot com @ a.b@c.de x card [card] [phone] cvc 123 plus 0 oh zero one social AB-123 \n + (415) 555-0132 order ٤٢ 😀 ß İ'.split(
      ' ',
    ),
  ),
  fc.string({ unit: 'binary', maxLength: 3 }),
);
const texts = fc.array(fc.tuple(pieces, fc.constantFrom('', ' ', ' '))).map((all) => all.flat().join(''));
const calls = fc.array(fc.record({ leg: fc.constantFrom<Leg>('caller', 'callee'), text: texts }), {
  maxLength: 12,
});

describe('a number told over several lines', () => {
  const { redactLines } = createRedactor({ ...none, cards: true });

  test('is blotted out in each, whatever the other side says between', () => {
    expect(
      redactLines(
        call(
          ['caller', "sure it's four two four two"],
          ['callee', 'yes'],
          ['caller', 'uh four two four two'],
          ['callee', 'mm hmm go on 12'],
          ['caller', 'and then it is four two four two'],
          ['callee', 'okay'],
          ['caller', 'four two four two thanks'],
        ),
      ),
    ).toEqual([
      "sure it's [card]",
      'yes',
      'uh [card]',
      'mm hmm go on 12',
      'and then it is [card]',
      'okay',
      '[card] thanks',
    ]);
  });

  test('is not put together from what both sides said', () => {
    const lines = call(['caller', '4242 4242 is'], ['callee', '4242 4242 is']);
    expect(redactLines(lines)).toEqual(lines.map(({ text }) => text));
  });

  test('is not put together from talk far apart', () => {
    const talk = call(['caller', 'well let me see where I put that other thing of mine'], ['callee', 'sure']);
    const lines = [...call(['caller', '4242 4242']), ...talk, ...call(['caller', '4242 4242 is it'])];
    expect(redactLines(lines)).toEqual(lines.map(({ text }) => text));
  });

  test('has its code blotted out where it is asked for', () => {
    expect(
      redactLines(
        call(
          ['caller', '4242 4242 4242 4242'],
          ['callee', 'and the security code on the back?'],
          ['caller', 'one two three'],
          ['callee', 'your zip code?'],
          ['caller', 'nine four one oh five'],
        ),
      ),
    ).toEqual([
      '[card]',
      'and the security code on the back?',
      '[code]',
      'your zip code?',
      'nine four one oh five',
    ]);
  });

  test('is hidden while it is not whole yet, when it begins like a card', () => {
    const lines = call(
      ['callee', 'your card number?'],
      ['caller', 'five five five five five five five five'],
    );
    expect(redactLines(lines)).toEqual(['your card number?', '[card]']);
    expect(redactLines([...lines, ...call(['caller', 'no wait that is my old office line'])])[1]).toBe(
      'five five five five five five five five',
    );
  });
});

describe('a text of several lines', () => {
  test('is read as one', () => {
    const { redact } = createRedactor({ ...none, cards: true });
    expect(redact('Card: 4242 4242\n4242 4242\nok')).toBe('Card: [card]\n[card]\nok');
  });
});

describe('own patterns', () => {
  test.each([
    ['@@-###', 'see ab-123 and AB-1234', 'see [mine] and AB-1234'],
    ['## ##', 'is 1234 or 12 34 or 12  34', 'is [mine] or [mine] or [mine]'],
    ['Zoë', 'ZOE and zoë and zoey', '[mine] and [mine] and zoey'],
    ['(a+)+$', 'aaaa (A+)+$', 'aaaa [mine]'],
    ['[x]', 'a [x] b', 'a [mine] b'],
    ['#', '[card] ٣ 12', '[card] [mine] 12'],
    ['   ', 'a   b', 'a   b'],
  ])('%s', (pattern, text, expected) => {
    const { redact } = createRedactor({ ...none, patterns: [{ name: 'mine', pattern }] });
    expect(redact(text)).toBe(expected);
  });

  test.each([
    ['', '[***]'],
    ['a]\n[b', '[a b]'],
    ['123', '[123]'],
  ])('under the name %j put %s', (name, placeholder) => {
    const { redact } = createRedactor({ ...none, patterns: [{ name, pattern: '###' }] });
    expect(redact('x 456')).toBe(`x ${placeholder}`);
    expect(redact(redact('x 456'))).toBe(`x ${placeholder}`);
  });
});

describe('redaction', () => {
  test('does nothing when nothing is asked for', () => {
    const text = '4242424242424242 a@b.cd +44 20 7946 0958 536-22-8726';
    expect(createRedactor(none).redact(text)).toBe(text);
  });

  test('of redacted lines changes nothing', () => {
    const { redactLines } = createRedactor(all);
    fc.assert(
      fc.property(calls, (lines) => {
        const once = redactLines(lines);
        const again = redactLines(lines.map(({ leg }, index) => ({ leg, text: once[index] ?? '' })));
        expect(again).toEqual(once);
      }),
      { numRuns: 400 },
    );
  });

  test('leaves all but what it found as it was', () => {
    const { redact } = createRedactor(all);
    fc.assert(
      fc.property(texts, (text) => {
        let at = 0;
        for (const kept of redact(text).split(/\[(?:card|code|id|email|phone|member|Card)\]/)) {
          const found = text.indexOf(kept, at);
          expect(found).toBeGreaterThanOrEqual(at);
          at = found + kept.length;
        }
      }),
      { numRuns: 400 },
    );
  });

  test.each([
    'four ',
    '4',
    '4 ',
    'a',
    'a.',
    'a@',
    'x at y dot ',
    '4-',
    '(',
    '+4',
    '4242 ',
    'twenty ',
    'cvc [card] ',
  ])('of a long text of %j takes time in proportion', (unit) => {
    const { redact } = createRedactor(all);
    const timeOf = (length: number) => {
      const text = unit.repeat(length / unit.length);
      const startMs = performance.now();
      redact(text);
      return performance.now() - startMs;
    };
    timeOf(10_000);
    const shortMs = Math.min(timeOf(10_000), timeOf(10_000));
    const longMs = Math.min(timeOf(100_000), timeOf(100_000));
    expect(longMs).toBeLessThan(shortMs * 40 + 200);
  });
});
