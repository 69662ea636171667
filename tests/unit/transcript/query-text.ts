/** Queries for tests: any that can be written, and how they are written. */
import fc from 'fast-check';
import type { Query } from '../../../utils/transcript/query/query.ts';

/** What is typed for a query, with parentheses wherever they may stand. */
export function printQuery(query: Query): string {
  switch (query.kind) {
    case 'word':
      return `${query.words.join('.')}${query.prefix ? '*' : ''}`;
    case 'phrase':
      return `"${query.words.join(' ')}"`;
    case 'not':
      return `NOT ${printInner(query.query)}`;
    case 'and':
    case 'or':
      return query.queries.map(printInner).join(query.kind === 'and' ? ' AND ' : ' OR ');
  }
}

function printInner(query: Query): string {
  return query.kind === 'word' || query.kind === 'phrase' ? printQuery(query) : `(${printQuery(query)})`;
}

/** Queries over the given words; some of them match lines that have none of their words. */
export function anyQuery(words: readonly string[]): fc.Arbitrary<Query> {
  const some = fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 3 });
  const word = fc.record({ kind: fc.constant('word' as const), words: some, prefix: fc.boolean() });
  const phrase = fc.record({ kind: fc.constant('phrase' as const), words: some });
  return fc.letrec<{ query: Query }>((tie) => {
    const queries = fc.array(tie('query'), { minLength: 2, maxLength: 4 });
    return {
      query: fc.oneof(
        { maxDepth: 4, withCrossShrink: true },
        word,
        phrase,
        fc.record({ kind: fc.constant('not' as const), query: tie('query') }),
        fc.record({ kind: fc.constantFrom('and' as const, 'or' as const), queries }),
      ),
    };
  }).query;
}

/** Lines of the given words with whatever stands between them. */
export function anyLine(words: readonly string[]): fc.Arbitrary<string> {
  const gap = fc.constantFrom(' ', ', ', '-', '  ', '\t', '… ', '');
  return fc.array(fc.tuple(fc.constantFrom(...words), gap)).map((parts) => parts.flat().join(''));
}
