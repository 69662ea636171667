/**
 * The second half of reading a query, by recursive descent:
 *
 *     or      = and { "OR" and }
 *     and     = not { [ "AND" ] not }
 *     not     = { "NOT" } primary
 *     primary = word | phrase | "(" or ")"
 */
import type { Query, QueryFault, QueryProblem, QuerySpan } from './query.ts';
import { type Token, tokenizeQuery } from './tokenize-query.ts';

/** Of parentheses and NOT together: far past what anyone reads, well short of what a stack holds. */
const MAX_DEPTH = 32;

export type ParsedQuery = { ok: true; query: Query } | QueryFault;

/** `loose`: what in it makes it match a line that has none of its words. */
type Node = QuerySpan & { ok: true; query: Query; loose: QuerySpan | undefined };

/** Takes any text and never throws; `at` and `length` of a problem lie within the text. */
export function parseQuery(text: string): ParsedQuery {
  const tokens = tokenizeQuery(text);
  if (!Array.isArray(tokens)) return tokens;
  if (tokens.length === 0) return fault('empty', { at: 0, length: text.length });
  const node = parseTokens(tokens);
  if (!node.ok) return node;
  return node.loose === undefined ? { ok: true, query: node.query } : fault('only-exclusions', node.loose);
}

function parseTokens(tokens: readonly Token[]): Node | QueryFault {
  let position = 0;

  function parseOr(depth: number): Node | QueryFault {
    return parseList('or', () => parseAnd(depth));
  }

  function parseAnd(depth: number): Node | QueryFault {
    return parseList('and', () => parseNot(depth));
  }

  function parseList(kind: 'and' | 'or', parseOne: () => Node | QueryFault): Node | QueryFault {
    const nodes: Node[] = [];
    for (;;) {
      const node = parseOne();
      if (!node.ok) return node;
      nodes.push(node);
      const operator = tokens[position];
      if (operator?.kind === kind) {
        position += 1;
        if (!beginsOperand(tokens[position])) return fault('operator-without-right', operator);
      } else if (kind === 'or' || !beginsOperand(operator)) return joinNodes(kind, nodes);
    }
  }

  function parseNot(depth: number): Node | QueryFault {
    const operator = tokens[position];
    if (operator?.kind !== 'not') return parsePrimary(depth);
    position += 1;
    if (!beginsOperand(tokens[position])) return fault('operator-without-right', operator);
    if (depth === MAX_DEPTH) return fault('too-deep', operator);
    const node = parseNot(depth + 1);
    if (!node.ok) return node;
    const span = spanOf(operator, node);
    const loose = node.loose === undefined ? span : undefined;
    return { ok: true, query: { kind: 'not', query: node.query }, ...span, loose };
  }

  function parsePrimary(depth: number): Node | QueryFault {
    const token = tokens[position];
    if (token === undefined) throw new Error('an operand was promised');
    position += 1;
    switch (token.kind) {
      case 'word': {
        const { kind, words, prefix, at, length } = token;
        return { ok: true, query: { kind, words, prefix }, at, length, loose: undefined };
      }
      case 'phrase': {
        const { kind, words, at, length } = token;
        return { ok: true, query: { kind, words }, at, length, loose: undefined };
      }
      case 'open':
        return parseGroup(token, depth);
      case 'close':
        return fault('parenthesis-not-opened', token);
      case 'and':
      case 'or':
      case 'not':
        return fault('operator-without-left', token);
    }
  }

  function parseGroup(open: Token, depth: number): Node | QueryFault {
    const next = tokens[position];
    if (next === undefined) return fault('parenthesis-not-closed', open);
    if (next.kind === 'close') return fault('parenthesis-empty', spanOf(open, next));
    if (depth === MAX_DEPTH) return fault('too-deep', open);
    const node = parseOr(depth + 1);
    if (!node.ok) return node;
    const close = tokens[position];
    if (close === undefined) return fault('parenthesis-not-closed', open);
    position += 1;
    return { ...node, ...spanOf(open, close) };
  }

  const node = parseOr(0);
  const rest = tokens[position];
  return node.ok && rest !== undefined ? fault('parenthesis-not-opened', rest) : node;
}

/** One alternative that is loose makes all of them so; in a conjunction every part has to be. */
function joinNodes(kind: 'and' | 'or', nodes: readonly Node[]): Node {
  const [first] = nodes;
  const last = nodes.at(-1);
  if (first === undefined || last === undefined) throw new Error('nothing to join');
  if (nodes.length === 1) return first;
  const span = spanOf(first, last);
  const isLoose = nodes.every(({ loose }) => loose !== undefined);
  const loose = kind === 'or' ? nodes.find((node) => node.loose !== undefined)?.loose : span;
  const queries = nodes.map(({ query }) => query);
  return { ok: true, query: { kind, queries }, ...span, loose: kind === 'or' || isLoose ? loose : undefined };
}

function beginsOperand(token: Token | undefined): boolean {
  return token !== undefined && ['word', 'phrase', 'open', 'not'].includes(token.kind);
}

function spanOf(first: QuerySpan, last: QuerySpan): QuerySpan {
  return { at: first.at, length: last.at + last.length - first.at };
}

function fault(problem: QueryProblem, { at, length }: QuerySpan): QueryFault {
  return { ok: false, problem, at, length };
}
