/** A line as the rules read it: folded, its placeholders set apart, its digits read where they are spoken too. */
import type { Leg } from '../event.ts';
import { type FoldedText, foldText, originalRange } from '../fold-text.ts';
import { type NumberToken, readTokens } from './number-tokens.ts';

export type HeardLine = {
  leg: Leg;
  text: string;
  folded: FoldedText;
  /** The folded text with what was blotted out replaced by U+FFFC, unit for unit: no rule matches across it. */
  plain: string;
  /** Offsets are of the folded text. */
  tokens: readonly NumberToken[];
  /** Whether it holds a placeholder of a card. */
  holdsCard: boolean;
};

/** What a rule found: `from`…`to` of the folded text of a line. */
export type Found = { line: number; from: number; to: number };

export const BLOTTED = '\ufffc';
const OTHER_DIGITS = /[\u0660-\u0669\u06f0-\u06f9]/g;

/** Reads lines; `placeholders` matches, in folded text, what the same rules put in place of what they found. */
export function createLineReader(placeholders: string): (leg: Leg, text: string) => HeardLine {
  const blotted = new RegExp(placeholders, 'g');
  return (leg, text) => {
    const folded = foldText(text);
    const plain = folded.text
      .replace(blotted, (placeholder) => BLOTTED.repeat(placeholder.length))
      .replace(OTHER_DIGITS, (digit) => String(digit.charCodeAt(0) & 15));
    return { leg, text, folded, plain, tokens: readTokens(plain), holdsCard: folded.text.includes('[card]') };
  };
}

/** The line's text with the found ranges replaced. They need no order; those that overlap become one. */
export function blotOut({ text, folded }: HeardLine, found: readonly Found[], placeholder: string): string {
  const ranges = found.map(({ from, to }) => originalRange(folded, from, to)).sort((a, b) => a.from - b.from);
  let written = '';
  let at = 0;
  for (const { from, to } of ranges) {
    if (from >= at) written += text.slice(at, from) + placeholder;
    at = Math.max(at, to);
  }
  return written + text.slice(at);
}
