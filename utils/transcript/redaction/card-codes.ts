/** The security code that follows a card. */
import type { Found, HeardLine } from './heard-line.ts';
import type { NumberToken } from './number-tokens.ts';

/** How many lines after a card its code may be asked for, and after that be told. */
const LINES_AFTER_CARD = 12;
const LINES_AFTER_QUESTION = 2;
const WORDS_BETWEEN = 6;

const CODE_WORD =
  /(?<!\p{L})(?:cvc2?|cvv2?|c v c|c v v|csc|cid|(?:security|verification) (?:code|number)|card verification|(?:three|four|3|4) digits on the (?:back|front)|prufziffer|(?:karten)?prufnummer|sicherheits(?:code|nummer)|codigo de (?:seguridad|seguranca)|code de securite|cryptogramme|رمز الامان)(?!\p{L})/gu;

type Code = Found | 'none' | 'other';

export function findCardCodes(lines: readonly HeardLine[]): Found[] {
  const found: Found[] = [];
  let lastCard = Number.NEGATIVE_INFINITY;
  for (const [index, line] of lines.entries()) {
    if (line.holdsCard) lastCard = index;
    if (index - lastCard > LINES_AFTER_CARD) continue;
    let code: Code = 'other';
    for (const match of line.plain.matchAll(CODE_WORD)) {
      code = firstCode(line, index, match.index + match[0].length);
      if (typeof code === 'object') found.push(code);
    }
    for (let answer = index + 1; code === 'none' && answer <= index + LINES_AFTER_QUESTION; answer += 1) {
      code = firstCode(lines[answer], answer, 0);
      if (typeof code === 'object') found.push(code);
    }
  }
  return found;
}

/** The first digits from `start` on, if they are three or four; `none`: there are none nearby. */
function firstCode(heard: HeardLine | undefined, line: number, start: number): Code {
  const tokens = heard?.tokens ?? [];
  let words = 0;
  let digits = '';
  let from = 0;
  let to = 0;
  for (let index = firstTokenFrom(tokens, start); index < tokens.length; index += 1) {
    const token = tokens[index];
    if (token?.kind === 'digits' && !token.glued) {
      if (digits === '') from = token.from;
      digits += token.digits;
      to = token.to;
    } else if (token?.kind !== 'filler') {
      if (digits !== '') break;
      if (token?.kind === 'stop') return 'other';
      words += 1;
      if (words > WORDS_BETWEEN) return 'none';
    }
  }
  if (digits === '') return 'none';
  return digits.length === 3 || digits.length === 4 ? { line, from, to } : 'other';
}

/** By halves: a line may hold many tokens and ask many times. */
function firstTokenFrom(tokens: readonly NumberToken[], start: number): number {
  let low = 0;
  let high = tokens.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((tokens[middle]?.from ?? 0) < start) low = middle + 1;
    else high = middle;
  }
  return low;
}
