/**
 * Text made comparable: lower case, compatibility forms resolved, accents and vowel points gone, runs of white space
 * one space. It remembers where each piece came from, so that what is found can be shown in the original.
 */
import type { TextRange } from './query/query.ts';

export type FoldedText = {
  readonly text: string;
  /** For each UTF-16 unit of `text` the range it stands for; undefined where both texts have the same offsets. */
  readonly source: { readonly from: readonly number[]; readonly to: readonly number[] } | undefined;
};

const NEEDS_CARE = /[^ -~]| {2}/;
const SPACE = /^\s+$/u;
/** Invisible ones, among them joiners and directional marks, and the bar that only lengthens an Arabic word. */
const IGNORED = /[\p{Default_Ignorable_Code_Point}\u0640]/gu;
/** Marks without which a word is still read. Those of Indic scripts, Thai or kana make another word, and stay. */
const DIACRITICS = /(?![\u3099\u309a])(?=\p{M})[\p{sc=Zinh}\p{sc=Arab}\p{sc=Hebr}\p{sc=Syrc}\p{sc=Cyrl}]/gu;
/** Not resolved: the letters within ™ are no part of the word before it. */
const SYMBOL = /\p{So}/u;
const APOSTROPHES = /[\u2018\u2019\u02bc]/gu;
const LONE_SURROGATE = /\p{Cs}/u;

const MAX_KNOWN = 4_096;
const known = new Map<string, string>();

/** Never fails; a lone surrogate becomes U+FFFD, which only another one equals. */
export function foldText(original: string): FoldedText {
  if (!NEEDS_CARE.test(original)) return { text: original.toLowerCase(), source: undefined };
  let text = '';
  let at = 0;
  let moved = false;
  const from: number[] = [];
  const to: number[] = [];
  for (const character of original) {
    const next = at + character.length;
    const folded = foldCharacter(character);
    const continues = folded === '' || (folded === ' ' && text.endsWith(' '));
    if (continues && to.length > 0) extendLast(from, to, next);
    for (let unit = 0; !continues && unit < folded.length; unit += 1) {
      from.push(at);
      to.push(next);
    }
    if (!continues) text += folded;
    moved ||= continues || folded.length !== 1 || character.length !== 1;
    at = next;
  }
  return { text, source: moved ? { from, to } : undefined };
}

/** What `from`…`to` of the folded text is in the original; it is never empty when the given range is not. */
export function originalRange({ source }: FoldedText, from: number, to: number): TextRange {
  return { from: source?.from[from] ?? from, to: source?.to[to - 1] ?? to };
}

/** Accents belong to the letter they follow, and to every piece of it where it became several. */
function extendLast(from: readonly number[], to: number[], end: number): void {
  const start = from.at(-1);
  for (let unit = to.length - 1; unit >= 0 && from[unit] === start; unit -= 1) to[unit] = end;
}

function foldCharacter(character: string): string {
  const before = known.get(character);
  if (before !== undefined) return before;
  const folded = foldUnknown(character);
  if (known.size >= MAX_KNOWN) known.clear();
  known.set(character, folded);
  return folded;
}

function foldUnknown(character: string): string {
  if (LONE_SURROGATE.test(character)) return '\ufffd';
  if (SYMBOL.test(character)) return character.toLowerCase();
  const bare = character
    .normalize('NFKD')
    .replace(IGNORED, '')
    .replace(DIACRITICS, '')
    .replace(APOSTROPHES, "'");
  // By way of upper case, or `ß`, `ς` and `ı` would not equal `SS`, `Σ` and `I`.
  return SPACE.test(bare) ? ' ' : bare.toLowerCase().toUpperCase().toLowerCase();
}
