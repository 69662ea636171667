/**
 * What a word is made of: letters, marks and digits of any script. Scripts written without spaces stand apart, since
 * in them only a dictionary could tell where a word ends.
 */

/** `spaced`: in a word that ends at a space; `unspaced`: in a script that has none; `none`: between words. */
export type CharacterClass = 'spaced' | 'unspaced' | 'none';

const WORD = /[\p{L}\p{M}\p{N}]/u;
const UNSPACED =
  /[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Bopo}\p{scx=Thai}\p{scx=Laoo}\p{scx=Khmr}\p{scx=Mymr}]/u;
const MARK = /\p{M}/u;

const PARTS = /[\p{L}\p{M}\p{N}]+/gu;

/** `code` is a code point of folded text, or undefined past either end of it. */
export function classOf(code: number | undefined): CharacterClass {
  if (code === undefined) return 'none';
  if (code < 0x80) return isAsciiWord(code) ? 'spaced' : 'none';
  const character = String.fromCodePoint(code);
  if (!WORD.test(character)) return 'none';
  return UNSPACED.test(character) ? 'unspaced' : 'spaced';
}

/** Whether it belongs to the character before it. */
export function isMark(code: number | undefined): boolean {
  return code !== undefined && code >= 0x300 && MARK.test(String.fromCodePoint(code));
}

/** The code point that ends at `at`. */
export function codeBefore(text: string, at: number): number | undefined {
  const isLowSurrogate = (text.charCodeAt(at - 1) & 0xfc00) === 0xdc00;
  return text.codePointAt(isLowSurrogate ? at - 2 : at - 1);
}

/** The words of folded text in order; spaced and unspaced ones are divided where they touch. */
export function splitWords(folded: string): string[] {
  return (folded.match(PARTS) ?? []).flatMap(divideByClass);
}

function divideByClass(part: string): string[] {
  const words: string[] = [];
  let last: CharacterClass = 'none';
  for (const character of part) {
    const code = character.codePointAt(0);
    const current: CharacterClass = isMark(code) && last !== 'none' ? last : classOf(code);
    if (current === last) words[words.length - 1] += character;
    else words.push(character);
    last = current;
  }
  return words;
}

function isAsciiWord(code: number): boolean {
  const lower = code | 0x20;
  return (lower >= 0x61 && lower <= 0x7a) || (code >= 0x30 && code <= 0x39);
}
