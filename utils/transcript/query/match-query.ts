/** Whether a line matches a query, and by which of its words. */
import type { FoldedText } from '../fold-text.ts';
import { findWords } from './find-words.ts';
import type { Query, TextRange } from './query.ts';

/**
 * Undefined where the line does not match; else where the words stand that made it match, sorted, disjoint, and at
 * least one for a query that `parseQuery` let through.
 */
export function matchQuery(query: Query, folded: FoldedText): TextRange[] | undefined {
  const ranges = gather(query, folded, true);
  return ranges === undefined ? undefined : mergeRanges(ranges);
}

/** Sorts, and joins what overlaps or touches. */
export function mergeRanges(ranges: readonly TextRange[]): TextRange[] {
  const merged: TextRange[] = [];
  for (const { from, to } of ranges.toSorted((one, other) => one.from - other.from)) {
    const last = merged.at(-1);
    if (last !== undefined && from <= last.to) last.to = Math.max(last.to, to);
    else merged.push({ from, to });
  }
  return merged;
}

/** Undefined where the query's truth is not as wanted; else the words that are there and should be. */
function gather(query: Query, folded: FoldedText, wanted: boolean): readonly TextRange[] | undefined {
  switch (query.kind) {
    case 'word':
    case 'phrase': {
      const ranges = findWords(folded, query.words, query.kind === 'word' && query.prefix);
      return ranges.length > 0 === wanted ? ranges : undefined;
    }
    case 'not':
      return gather(query.query, folded, !wanted);
    // Not all of them is any of them not, and the other way round.
    case 'and':
      return wanted ? gatherAll(query.queries, folded, true) : gatherAny(query.queries, folded, false);
    case 'or':
      return wanted ? gatherAny(query.queries, folded, true) : gatherAll(query.queries, folded, false);
  }
}

function gatherAll(queries: readonly Query[], folded: FoldedText, wanted: boolean): TextRange[] | undefined {
  const all: TextRange[] = [];
  for (const query of queries) {
    const ranges = gather(query, folded, wanted);
    if (ranges === undefined) return undefined;
    all.push(...ranges);
  }
  return all;
}

function gatherAny(queries: readonly Query[], folded: FoldedText, wanted: boolean): TextRange[] | undefined {
  const found = queries.flatMap((query) => {
    const ranges = gather(query, folded, wanted);
    return ranges === undefined ? [] : [ranges];
  });
  return found.length === 0 ? undefined : found.flat();
}
