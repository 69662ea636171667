/** Where words stand one after the other in a line, whatever punctuation or spaces are between them. */
import { type FoldedText, originalRange } from '../fold-text.ts';
import type { TextRange } from './query.ts';
import { classOf, codeBefore, isMark } from './word-characters.ts';

/**
 * Whole words only, save that a script without spaces matches anywhere. With `prefix` the last word may go on, and
 * the range then covers all of it. `words` are folded and not empty.
 */
export function findWords(folded: FoldedText, words: readonly string[], prefix: boolean): TextRange[] {
  const { text } = folded;
  const first = words[0];
  const ranges: TextRange[] = [];
  if (first === undefined) return ranges;
  let found = text.indexOf(first);
  while (found >= 0) {
    const end = startsWord(text, found) ? endOfWords(text, found, words, prefix) : undefined;
    if (end !== undefined) ranges.push(originalRange(folded, found, end));
    found = text.indexOf(first, end ?? found + 1);
  }
  return ranges;
}

/** Where the words that begin at `start` end, if they stand there. */
function endOfWords(
  text: string,
  start: number,
  words: readonly string[],
  prefix: boolean,
): number | undefined {
  let at = start;
  for (const [position, word] of words.entries()) {
    if (position > 0) at = skipBetween(text, at);
    if (!text.startsWith(word, at)) return undefined;
    at += word.length;
    if (prefix && position === words.length - 1) return skipRest(text, at);
    if (!endsWord(text, at)) return undefined;
  }
  return at;
}

function startsWord(text: string, at: number): boolean {
  return classOf(text.codePointAt(at)) === 'unspaced' || classOf(codeBefore(text, at)) !== 'spaced';
}

function endsWord(text: string, at: number): boolean {
  const next = text.codePointAt(at);
  if (isMark(next)) return false;
  return classOf(next) !== 'spaced' || classOf(codeBefore(text, at)) === 'unspaced';
}

function skipBetween(text: string, start: number): number {
  return skipWhile(text, start, (code) => classOf(code) === 'none');
}

/** The rest of a word that began as wanted; in a script without spaces only what belongs to its last character. */
function skipRest(text: string, start: number): number {
  const isSpaced = classOf(codeBefore(text, start)) === 'spaced';
  return skipWhile(text, start, (code) => isMark(code) || (isSpaced && classOf(code) === 'spaced'));
}

function skipWhile(text: string, start: number, holds: (code: number) => boolean): number {
  let at = start;
  for (let code = text.codePointAt(at); code !== undefined && holds(code); code = text.codePointAt(at)) {
    at += code > 0xffff ? 2 : 1;
  }
  return at;
}
