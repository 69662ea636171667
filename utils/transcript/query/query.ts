/**
 * A keyword query as it was understood: `refund NOT "cancel my account"`. The language is the one of the platform's
 * query profiles, so that what an agent knows from there holds here.
 */

/** Offsets in UTF-16 units into the line's own text; `to` is exclusive. */
export type TextRange = { from: number; to: number };

/**
 * `words` are folded and stand one after the other in a line that matches. What was typed as one word has several
 * where punctuation divides it, as in `e-mail`. With `prefix` the last one may go on.
 */
export type Query =
  | { kind: 'word'; words: readonly string[]; prefix: boolean }
  | { kind: 'phrase'; words: readonly string[] }
  | { kind: 'and'; queries: readonly Query[] }
  | { kind: 'or'; queries: readonly Query[] }
  | { kind: 'not'; query: Query };

/** Why a query cannot be used. */
export type QueryProblem =
  | 'empty'
  | 'phrase-not-closed'
  /** A phrase, or a word, that has neither letter nor digit. */
  | 'phrase-empty'
  | 'word-empty'
  /** `*` elsewhere than at the end of a word outside quotes. */
  | 'star-misplaced'
  | 'parenthesis-not-closed'
  | 'parenthesis-not-opened'
  | 'parenthesis-empty'
  | 'operator-without-left'
  | 'operator-without-right'
  /** It would match every line that has none of its words. */
  | 'only-exclusions'
  | 'too-deep';

/** A place in what was typed, in UTF-16 units. */
export type QuerySpan = { at: number; length: number };

export type QueryFault = QuerySpan & { ok: false; problem: QueryProblem };
