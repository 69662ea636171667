import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findText } from '../../../utils/transcript/find-text.ts';
import { foldText, originalRange } from '../../../utils/transcript/fold-text.ts';

describe('folded text', () => {
  test.each([
    ['', ''],
    ['Plain ASCII, as it is!', 'plain ascii, as it is!'],
    ['two  spaces\tand\n\u00a0more', 'two spaces and more'],
    ['Crème Brûlée', 'creme brulee'],
    ['Cre\u0300me', 'creme'],
    ['Straße STRASSE ẞ', 'strasse strasse ss'],
    ['İIıi', 'iiii'],
    ['ΟΔΟΣ οδός', 'οδοσ οδοσ'],
    ['ﬁne ﬄ', 'fine ffl'],
    ['Ｆｕｌｌ', 'full'],
    ['𝐁old', 'bold'],
    ['كِتَـــاب', 'كتاب'],
    ['Ёлка', 'елка'],
    ['soft\u00adhyphen', 'softhyphen'],
    ['don’t', "don't"],
    ['Acme™ 😀', 'acme™ 😀'],
    ['\u0301a', 'a'],
    ['a\ud83db', 'a\ufffdb'],
  ])('of %j is %j', (original, folded) => {
    expect(foldText(original).text).toBe(folded);
  });

  test.each(['が', 'กิน', 'किताब'])('keeps the marks without which %s is another word', (original) => {
    expect(foldText(original).text).toBe(original.normalize('NFKD'));
  });

  test('of folded text is that text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (original) => {
        const { text } = foldText(original);
        expect(foldText(text).text).toBe(text);
      }),
      { numRuns: 2_000 },
    );
  });

  test('is the same for every case a letter has', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (original) => {
        // The iota written below a letter is a mark, and in upper case a letter.
        fc.pre(!original.normalize('NFD').includes('\u0345'));
        expect(foldText(original.toLowerCase()).text).toBe(foldText(original).text);
        expect(foldText(original.toUpperCase()).text).toBe(foldText(original).text);
      }),
      { numRuns: 2_000 },
    );
  });

  test('knows for each unit where it comes from, in order', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (original) => {
        const folded = foldText(original);
        let last = { from: 0, to: 0 };
        for (let unit = 0; unit < folded.text.length; unit += 1) {
          const range = originalRange(folded, unit, unit + 1);
          expect(range.from >= last.to || (range.from === last.from && range.to === last.to)).toBe(true);
          expect(range.to).toBeGreaterThan(range.from);
          expect(range.to).toBeLessThanOrEqual(original.length);
          last = range;
        }
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('what is searched for', () => {
  function found(wanted: string, line: string): string[] {
    return findText(foldText(line), foldText(wanted)).map(({ from, to }) => line.slice(from, to));
  }

  test.each<[string, string, string[]]>([
    ['fund', 'Refund the FUNDS', ['fund', 'FUND']],
    ['aa', 'aaaaa', ['aa', 'aa']],
    ['my account', 'my \n account, My  Account', ['my \n account', 'My  Account']],
    ['my  account', 'my account', ['my account']],
    ['creme', 'Crème cre\u0300me', ['Crème', 'cre\u0300me']],
    ['crème', 'creme', ['creme']],
    ["don't", 'I don’t', ['don’t']],
    ['f', 'ﬀ', ['ﬀ']],
    ['stras', 'Straße', ['Straß']],
    ['.*', 'a.*b [x](y', ['.*']],
    ['か', 'がか', ['か']],
    ['', 'anything', []],
    ['  ', 'any  thing', []],
    ['longer than it', 'longer', []],
    ['\ud83d', '😀', []],
    ['😀', 'a😀b', ['😀']],
  ])('%j in %j', (wanted, line, pieces) => {
    expect(found(wanted, line)).toEqual(pieces);
  });

  test('is found in any text it is cut from, on whole characters and without overlaps', () => {
    const graphemes = fc.array(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }), { minLength: 1 });
    fc.assert(
      fc.property(graphemes, fc.nat(), fc.nat(), (characters, one, other) => {
        const [from, to] = [one % characters.length, other % characters.length].sort((x, y) => x - y);
        const line = characters.join('');
        const wanted = characters.slice(from, (to ?? 0) + 1).join('');
        const ranges = findText(foldText(line), foldText(wanted));
        if (foldText(wanted).text.trim() !== '') expect(ranges.length).toBeGreaterThan(0);
        ranges.forEach((range, at) => {
          expect(range.from).toBeGreaterThanOrEqual(ranges[at - 1]?.to ?? 0);
          expect(line.slice(range.from, range.to).isWellFormed()).toBe(true);
        });
      }),
      { numRuns: 1_000 },
    );
  });
});
