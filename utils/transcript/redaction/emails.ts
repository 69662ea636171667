/** E-mail addresses, typed ("ann@example.com") and spoken ("ann dot smith at example dot com"). */
import type { Found, HeardLine } from './heard-line.ts';
import { numberWordsFor } from './number-words.ts';

/** Each begins where a run of its characters does, so that a long run is read once. */
const TYPED =
  /(?<![\p{L}\p{N}._%+'-])[\p{L}\p{N}_%+'-][\p{L}\p{N}._%+'-]*@(?:[\p{L}\p{N}-]+\.)+\p{L}{2,24}(?![\p{L}\p{N}])/gu;

const PIECE = /\p{L}[\p{L}\p{M}\p{N}']*|\d+|[^\s]/gu;
const SURE_AT = /^(?:@|arroba|arrobas|arobase|arobas|aet|klammeraffe|آت|ات|اتت)$/u;
const DOT = /^(?:\.|dot|punkt|punto|point|ponto|دوت|نقطه|نقطة)$/u;
const JOINT =
  /^(?:[.\-_]|dot|punkt|punto|point|ponto|دوت|نقطه|نقطة|dash|hyphen|underscore|minus|bindestrich|unterstrich|guion|bajo|tiret|hifen|traco|underline|plus)$/u;
/** What ends an address when it is spoken; others are too rare to blot out sentences for. */
const DOMAIN_END =
  /^(?:com|net|org|edu|gov|info|biz|io|co|uk|us|ca|au|ie|eu|de|at|ch|es|mx|ar|cl|fr|be|br|pt|it|nl|se|sa|ae|eg|ma|ai|app|dev|me|كوم|نت)$/u;
/** "look at example dot com" is no address; "at" in English says too little by itself. */
const NO_NAME =
  /^(?:is|it|its|me|us|you|them|him|her|look|looking|looked|order|ordered|shop|shopping|bought|buy|buying|paid|pay|work|works|working|worked|are|was|were|be|am|found|find|available|see|visit|online|here|there|that|this|only|and|or|the|up|go|going|arrive|meet|charge|charged|purchase|transaction|account|page|website|site|not)$/u;
const MAX_DOMAIN_PIECES = 9;
const MAX_DOMAIN_WORDS = 3;
const MAX_NAME_PIECES = 32;

type Piece = { text: string; from: number; to: number };

export function findEmails(lines: readonly HeardLine[]): Found[] {
  return lines.flatMap(({ plain }, line) => {
    const found: Found[] = plain.includes('@')
      ? [...plain.matchAll(TYPED)].map((match) => ({
          line,
          from: match.index,
          to: match.index + match[0].length,
        }))
      : [];
    const isTyped = (at: number) => found.some(({ from, to }) => from <= at && at < to);
    return [...found, ...findSpoken(plain, line, isTyped)];
  });
}

/** `isTyped`: whether what stands there belongs to a typed address. */
function findSpoken(plain: string, line: number, isTyped: (at: number) => boolean): Found[] {
  if (!/(?<!\p{L})(?:at|ät|arro|aro|aet|klammer|[آا]ت)|@/u.test(plain)) return [];
  const pieces: Piece[] = [...plain.matchAll(PIECE)].map(({ 0: text, index }) => ({
    text,
    from: index,
    to: index + text.length,
  }));
  const found: Found[] = [];
  for (const [index, { text, from: at }] of pieces.entries()) {
    const sure = SURE_AT.test(text);
    if ((!sure && text !== 'at') || isTyped(at)) continue;
    const end = domainEnd(pieces, index + 1);
    const start = end === undefined ? undefined : nameStart(pieces, index - 1);
    const from = start === undefined ? undefined : pieces[start];
    const to = end === undefined ? undefined : pieces[end];
    if (start === undefined || from === undefined || to === undefined) continue;
    if (!sure && start === index - 1 && NO_NAME.test(from.text)) continue;
    found.push({ line, from: from.from, to: to.to });
  }
  return found;
}

/** The last piece of `example dot co dot uk`. */
function domainEnd(pieces: readonly Piece[], start: number): number | undefined {
  let end: number | undefined;
  let words = 0;
  for (let index = start; index < start + MAX_DOMAIN_PIECES; index += 1) {
    const { text } = pieces[index] ?? { text: '' };
    if (isDot(pieces, index)) {
      if (index > start && DOMAIN_END.test(pieces[index + 1]?.text ?? '')) {
        end = index + 1;
        index += 1;
      }
      continue;
    }
    if (end !== undefined) break;
    if (JOINT.test(text)) continue;
    words += 1;
    if (!/^[\p{L}\d]/u.test(text) || words > MAX_DOMAIN_WORDS) break;
  }
  return end;
}

/** A full stop ends a sentence where white space follows. */
function isDot(pieces: readonly Piece[], index: number): boolean {
  const piece = pieces[index];
  return (
    piece !== undefined &&
    DOT.test(piece.text) &&
    (piece.text !== '.' || pieces[index + 1]?.from === piece.to)
  );
}

/** The first piece of `j o h n dot smith forty two`: a word, what is joined to it, and what is spelled out. */
function nameStart(pieces: readonly Piece[], last: number): number | undefined {
  let start: number | undefined;
  let takesWord = true;
  for (let index = last; index >= 0 && last - index < MAX_NAME_PIECES; index -= 1) {
    const { text, to } = pieces[index] ?? { text: '', to: 0 };
    if (JOINT.test(text)) {
      if (start === undefined || (text === '.' && pieces[index + 1]?.from !== to)) break;
      takesWord = true;
      continue;
    }
    if (!/^[\p{L}\d]/u.test(text)) break;
    const number = /^\d/.test(text) || numberWordsFor([text]) !== undefined;
    if (!number && text.length > 1 && !takesWord) break;
    start = index;
    takesWord &&= number;
  }
  return start;
}
