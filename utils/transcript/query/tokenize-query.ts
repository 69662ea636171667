/** The first half of reading a query: words, phrases, operators and parentheses, each with its place. */
import { foldText } from '../fold-text.ts';
import type { QueryFault, QueryProblem, QuerySpan } from './query.ts';
import { splitWords } from './word-characters.ts';

export type Token = QuerySpan &
  (
    | { kind: 'word'; words: string[]; prefix: boolean }
    | { kind: 'phrase'; words: string[] }
    | { kind: 'and' | 'or' | 'not' | 'open' | 'close' }
  );

const SPACE = /\s/u;
const QUOTE = /["“”„‟«»]/u;
const PARENTHESES: ReadonlyMap<string, 'open' | 'close'> = new Map([
  ['(', 'open'],
  [')', 'close'],
]);
/** Dashes that a word processor makes of a hyphen mean the same. */
const DASH = /[-‐‑–—−]/u;
const SIGNS: ReadonlyMap<string, 'and' | 'or'> = new Map([
  ['&', 'and'],
  ['|', 'or'],
]);
const OPERATORS: ReadonlyMap<string, 'and' | 'or' | 'not'> = new Map([
  ['and', 'and'],
  ['or', 'or'],
  ['not', 'not'],
]);
const ENDS_WORD = /[\s()&|"“”„‟«»]/u;
/** A dash excludes only what follows it at once. */
const ENDS_EXCLUSION = /[\s)&|]/u;

/** The tokens in order, or the first that is none. */
export function tokenizeQuery(text: string): Token[] | QueryFault {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    if (SPACE.test(text.charAt(at))) {
      at += 1;
      continue;
    }
    const token = readSign(text, at) ?? readPhrase(text, at) ?? readWord(text, at, tokens.at(-1));
    if ('problem' in token) return token;
    tokens.push(token);
    at = token.at + token.length;
  }
  return tokens;
}

function readSign(text: string, at: number): Token | QueryFault | undefined {
  const sign = text.charAt(at);
  const parenthesis = PARENTHESES.get(sign);
  if (parenthesis !== undefined) return { kind: parenthesis, at, length: 1 };
  const operator = SIGNS.get(sign);
  if (operator !== undefined) return { kind: operator, at, length: text.charAt(at + 1) === sign ? 2 : 1 };
  if (!DASH.test(sign)) return undefined;
  const next = text.charAt(at + 1);
  if (next === '' || ENDS_EXCLUSION.test(next)) return fault('operator-without-right', at, 1);
  return { kind: 'not', at, length: 1 };
}

function readPhrase(text: string, at: number): Token | QueryFault | undefined {
  if (!QUOTE.test(text.charAt(at))) return undefined;
  let end = at + 1;
  while (end < text.length && !QUOTE.test(text.charAt(end))) end += 1;
  if (end === text.length) return fault('phrase-not-closed', at, end - at);
  const inside = text.slice(at + 1, end);
  const words = splitWords(foldText(inside).text);
  const length = end + 1 - at;
  if (words.length === 0) return fault('phrase-empty', at, length);
  const star = inside.indexOf('*');
  if (star >= 0) return fault('star-misplaced', at + 1 + star, 1);
  return { kind: 'phrase', words, at, length };
}

/** Right behind a dash every word is a plain one: `-and` excludes the word. */
function readWord(text: string, at: number, before: Token | undefined): Token | QueryFault {
  let end = at + 1;
  while (end < text.length && !ENDS_WORD.test(text.charAt(end))) end += 1;
  const typed = text.slice(at, end);
  const length = end - at;
  const isExcluded = before?.kind === 'not' && before.length === 1 && before.at + 1 === at;
  const operator = isExcluded ? undefined : OPERATORS.get(typed.toLowerCase());
  if (operator !== undefined) return { kind: operator, at, length };
  const bare = withoutStars(typed);
  const words = splitWords(foldText(bare).text);
  if (words.length === 0) return fault('word-empty', at, length);
  const star = bare.indexOf('*');
  if (star >= 0) return fault('star-misplaced', at + star, 1);
  return { kind: 'word', words, prefix: bare !== typed, at, length };
}

function withoutStars(typed: string): string {
  let end = typed.length;
  while (typed.charAt(end - 1) === '*') end -= 1;
  return typed.slice(0, end);
}

function fault(problem: QueryProblem, at: number, length: number): QueryFault {
  return { ok: false, problem, at, length };
}
