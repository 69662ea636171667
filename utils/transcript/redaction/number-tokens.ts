/** The digits of a line, typed and spoken, and what stands between them. */
import { fillers, type NumberWord, numberWordsFor, stops } from './number-words.ts';

/** Offsets are of the text that was read. */
export type NumberToken =
  /** `glued`: a letter touches typed digits, as in a model's name. */
  | { kind: 'digits'; digits: string; spoken: boolean; glued: boolean; from: number; to: number }
  /** May stand within a number: fillers, commas, dashes, `[noise]`. */
  | { kind: 'filler'; from: number; to: number }
  | { kind: 'word'; word: string; from: number; to: number }
  /** No number goes on across it: a sign of money, `:` or `/` between digits, what is blotted out. */
  | { kind: 'stop'; sign: string; from: number; to: number };

type Raw = { text: string; from: number; to: number };

const RAW = /\[\p{L}+\]|\d+|\p{L}[\p{L}\p{M}']*|\ufffc+|[^\s]/gu;
const INNER_SIGN = /^[-\u2010-\u2015\u2212.,\u2026\u00b7_*()?!;"'،؟]$/u;
const LETTER = /[\p{L}_]/u;
const NUMBER = /\p{Nd}/u;

export function readTokens(text: string): NumberToken[] {
  const raw = [...text.matchAll(RAW)].map(({ 0: piece, index }) => ({
    text: piece,
    from: index,
    to: index + piece.length,
  }));
  const words = numberWordsFor(raw.map((piece) => piece.text));
  const tokens: NumberToken[] = [];
  for (let index = 0; index < raw.length; ) {
    const number = words && readNumber(raw, index, words);
    const piece = raw[index];
    if (piece === undefined) break;
    tokens.push(number?.token ?? readPiece(piece, text));
    index += number?.length ?? 1;
  }
  return tokens;
}

function readPiece({ text: piece, from, to }: Raw, text: string): NumberToken {
  if (/^\d/.test(piece)) {
    const glued = LETTER.test(text[from - 1] ?? '') || LETTER.test(text[to] ?? '');
    return { kind: 'digits', digits: piece, spoken: false, glued, from, to };
  }
  if (piece === 'plus') return { kind: 'stop', sign: '+', from, to };
  if (piece.startsWith('[') && piece.length > 1) return { kind: 'filler', from, to };
  if (LETTER.test(piece[0] ?? '')) {
    if (stops.has(piece)) return { kind: 'stop', sign: piece, from, to };
    return fillers.has(piece) ? { kind: 'filler', from, to } : { kind: 'word', word: piece, from, to };
  }
  const betweenDigits = NUMBER.test(text[from - 1] ?? '') && NUMBER.test(text[to] ?? '');
  if (INNER_SIGN.test(piece) || (piece === ':' && !betweenDigits)) return { kind: 'filler', from, to };
  return { kind: 'stop', sign: piece, from, to };
}

type Read = { token: NumberToken; length: number };

/** A number of one or several words, such as `forty two`, `double four`, `quatre-vingt-dix`, `اثنان وأربعون`. */
function readNumber(
  raw: readonly Raw[],
  index: number,
  words: ReadonlyMap<string, NumberWord>,
): Read | undefined {
  const first = wordAt(raw, index, words);
  if (first === undefined) return undefined;
  if (first.times !== undefined) {
    const next = wordAt(raw, index + 1, words);
    const typed = raw[index + 1]?.text ?? '';
    const digit = /^\d$/.test(typed) ? typed : digitOf(next);
    return digit === undefined ? undefined : spoken(raw, index, 2, digit.repeat(first.times));
  }
  const { value } = first;
  const pair = pairAt(raw, index, words, value);
  return pair ?? spoken(raw, index, 1, String(value));
}

/** A ten and its unit, in either order, and the French ways from 70 to 99. */
function pairAt(
  raw: readonly Raw[],
  index: number,
  words: ReadonlyMap<string, NumberWord>,
  value: number,
): Read | undefined {
  const start = raw[index]?.text;
  const at = nextWord(raw, index + 1);
  const next = wordAt(raw, at, words)?.value;
  if (next === undefined) return unitBeforeTen(raw, index, words, value);
  if (start === 'quatre' && next === 20) return pairAfterEighty(raw, index, at, words);
  if (start === 'dix' && next >= 7 && next <= 9) return spoken(raw, index, at + 1 - index, String(10 + next));
  const high = start === 'soixante' && next >= 10 && next <= 16;
  if (high && raw[at]?.text === 'dix') {
    const unit = nextWord(raw, at + 1);
    const more = wordAt(raw, unit, words)?.value ?? 0;
    if (more >= 7 && more <= 9) return spoken(raw, index, unit + 1 - index, String(70 + more));
  }
  const joins = value >= 20 && value % 10 === 0 && next >= 1 && next <= 9;
  return joins || high ? spoken(raw, index, at + 1 - index, String(value + next)) : undefined;
}

function pairAfterEighty(
  raw: readonly Raw[],
  index: number,
  twenty: number,
  words: ReadonlyMap<string, NumberWord>,
): Read {
  const at = nextWord(raw, twenty + 1);
  const more = wordAt(raw, at, words)?.value ?? 0;
  if (raw[at]?.text === 'dix') {
    const unit = nextWord(raw, at + 1);
    const last = wordAt(raw, unit, words)?.value ?? 0;
    if (last >= 7 && last <= 9) return spoken(raw, index, unit + 1 - index, String(90 + last));
  }
  if (more >= 1 && more <= 16) return spoken(raw, index, at + 1 - index, String(80 + more));
  return spoken(raw, index, twenty + 1 - index, '80');
}

/** Arabic writes `and` as a letter before the ten. */
function unitBeforeTen(
  raw: readonly Raw[],
  index: number,
  words: ReadonlyMap<string, NumberWord>,
  value: number,
): Read | undefined {
  const next = raw[index + 1]?.text ?? '';
  if (value < 1 || value > 9 || !next.startsWith('و')) return undefined;
  const ten = words.get(next.slice(1))?.value ?? 0;
  return ten >= 20 ? spoken(raw, index, 2, String(ten + value)) : undefined;
}

/** Past a hyphen or one `and`. */
function nextWord(raw: readonly Raw[], index: number): number {
  return /^(?:-|y|e|et)$/.test(raw[index]?.text ?? '') ? index + 1 : index;
}

function wordAt(
  raw: readonly Raw[],
  index: number,
  words: ReadonlyMap<string, NumberWord>,
): NumberWord | undefined {
  const text = raw[index]?.text ?? '';
  return words.get(text) ?? (text === 'vingts' ? words.get('vingt') : undefined);
}

function digitOf(word: NumberWord | undefined): string | undefined {
  return word !== undefined && word.value >= 0 && word.value <= 9 ? String(word.value) : undefined;
}

function spoken(raw: readonly Raw[], index: number, length: number, digits: string): Read {
  const from = raw[index]?.from ?? 0;
  const to = raw[index + length - 1]?.to ?? from;
  return { token: { kind: 'digits', digits, spoken: true, glued: false, from, to }, length };
}
