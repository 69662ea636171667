/** The search field: where in a line what was typed occurs, within words as well. */
import { type FoldedText, originalRange } from './fold-text.ts';
import type { TextRange } from './query/query.ts';
import { isMark } from './query/word-characters.ts';

/** In order and disjoint, in offsets of the original. Nothing but white space is found nowhere. */
export function findText(folded: FoldedText, wanted: FoldedText): TextRange[] {
  const needle = wanted.text;
  const ranges: TextRange[] = [];
  if (needle.trim() === '') return ranges;
  let found = folded.text.indexOf(needle);
  while (found >= 0) {
    const end = found + needle.length;
    const range = originalRange(folded, found, end);
    const isWhole = !isMark(folded.text.codePointAt(end)) && range.from >= (ranges.at(-1)?.to ?? 0);
    if (isWhole) ranges.push(range);
    found = folded.text.indexOf(needle, isWhole ? end : found + 1);
  }
  return ranges;
}
