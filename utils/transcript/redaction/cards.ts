/** Card numbers, typed or spoken, in one line or over several of one side. */
import { beginsLikeCard, cardLengths, isCardNumber } from './card-number.ts';
import { type DigitRun, digitRuns, type RunToken, spans } from './digit-runs.ts';
import { BLOTTED, type Found, type HeardLine } from './heard-line.ts';

/** "and then it's", where the caller goes on. */
const LOOSE_WORDS = 4;
const MAX_LINES = 8;
/** A number that is still being told is hidden from here on where a card was spoken of or it comes in fours … */
const OPEN_DIGITS = 8;
/** … and from here on when told in ones or pairs: most phone numbers are shorter. */
const SURE_OPEN_DIGITS = 12;
const CONTEXT_LINES = 4;
const CARD_WORD =
  /(?<!\p{L})(?:(?:\p{L}*karte|(?:credit|debit)?card|carte|tarjeta|cartao|cartão)s?|(?:ال)?بطاق\p{L}+|visa|mastercard|amex)(?!\p{L})/u;

export function findCards(lines: readonly HeardLine[]): Found[] {
  return digitRuns(lines, LOOSE_WORDS).flatMap((run) => findInRun(run, lines));
}

function findInRun(run: DigitRun, lines: readonly HeardLine[]): Found[] {
  const { tokens } = run;
  const found: Found[] = [];
  let start = 0;
  let rest = 0;
  if (run.lead === 'money') return found;
  // No phone number is longer.
  const minDigits = run.lead === 'plus' ? 16 : 13;
  while (start < tokens.length) {
    const end = endOfCard(tokens, start, minDigits);
    if (end === undefined) {
      start += 1;
      continue;
    }
    found.push(...spans(tokens.slice(start, end)));
    start = end;
    rest = end;
  }
  const tail = tokens.slice(rest);
  if (run.lead === undefined && run.open && isBegunCard(tail, lines)) found.push(...spans(tail));
  return found;
}

/** The index after the last token of a card's number that begins with the token at `start`. */
function endOfCard(tokens: readonly RunToken[], start: number, minDigits: number): number | undefined {
  let digits = '';
  const ends = new Map<number, number>();
  for (let index = start; index < tokens.length && digits.length < 19; index += 1) {
    const token = tokens[index];
    if (token === undefined) break;
    digits += token.digits;
    if (digits.length >= minDigits) ends.set(digits.length, index + 1);
  }
  for (const length of cardLengths) {
    const end = ends.get(length);
    if (end === undefined || !isCardNumber(digits.slice(0, length))) continue;
    if (new Set(tokens.slice(start, end).map(({ line }) => line)).size <= MAX_LINES) return end;
  }
  return undefined;
}

function isBegunCard(tokens: readonly RunToken[], lines: readonly HeardLine[]): boolean {
  const digits = tokens.map((token) => token.digits).join('');
  const [first] = tokens;
  const last = tokens.at(-1);
  if (first === undefined || last === undefined) return false;
  if (digits.length < OPEN_DIGITS || !beginsLikeCard(digits)) return false;
  if (lines.length - last.line > MAX_LINES || last.line - first.line > MAX_LINES) return false;
  if (digits.length >= SURE_OPEN_DIGITS && tokens.every((token) => token.digits.length <= 2)) return true;
  if (tokens.every((token) => token.digits.length === 4)) return true;
  return lines
    .slice(Math.max(0, first.line - CONTEXT_LINES), first.line + 1)
    .some(({ plain }) => CARD_WORD.test(plain.replaceAll(BLOTTED, ' ')));
}
