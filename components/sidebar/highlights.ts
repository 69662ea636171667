/**
 * Marks text by ranges (CSS Custom Highlight API): the lines' elements stay as they are, so nothing is painted anew
 * and nothing a stranger said is ever taken apart. Where a browser lacks it, matches are counted and reached all the same.
 */
import type { TextRange } from '../../utils/transcript/query/query.ts';
import { lineElement } from './line-element.ts';

/** Ranges of the text of one line. */
export type Mark = { index: number; ranges: readonly TextRange[] };

/** What lies above others has the higher priority. */
const priorities: Record<string, number> = { search: 1, 'search-current': 2 };

/** Of a highlight with more ranges than these, deleting one by one takes long where a browser looks through all. */
const MANY_RANGES = 1_000;

/** Highlights that are out of the registry until the task ends, by their name. */
const resting = new Map<string, Highlight>();

/** Adds marks under a highlight's name; returns the undoing. The lines must be painted. */
export function paintMarks(document: Document, name: string, marks: readonly Mark[]): () => void {
  const registry = typeof Highlight === 'function' ? CSS.highlights : undefined;
  if (registry === undefined || marks.length === 0) return () => {};
  const highlight = resting.get(name) ?? registry.get(name) ?? new Highlight();
  highlight.priority = priorities[name] ?? 0;
  if (!resting.has(name)) registry.set(name, highlight);
  const ranges = marks.flatMap((mark) => rangesOf(document, mark));
  for (const range of ranges) highlight.add(range);
  return () => {
    if (highlight.size > MANY_RANGES) rest(registry, name, highlight);
    for (const range of ranges) highlight.delete(range);
  };
}

/**
 * Takes a highlight out of the registry, to be put back when all that changes with it has changed: Firefox deletes from
 * one that is in there in quadratic time (seen in 153: 20,000 ranges in 12 s, and in 56 ms from one that is out).
 */
function rest(registry: HighlightRegistry, name: string, highlight: Highlight): void {
  if (registry.get(name) !== highlight) return;
  registry.delete(name);
  resting.set(name, highlight);
  queueMicrotask(() => {
    resting.delete(name);
    registry.set(name, highlight);
  });
}

function rangesOf(document: Document, { index, ranges }: Mark): StaticRange[] {
  const text = lineElement(document, index)?.firstChild;
  if (!(text instanceof Text)) return [];
  return ranges
    .filter(({ to }) => to <= text.length)
    .map(
      ({ from, to }) =>
        new StaticRange({ startContainer: text, startOffset: from, endContainer: text, endOffset: to }),
    );
}
