/** The wrong place of a query, with as much of the query around it as shows where it is. */
import type { QuerySpan } from '../../utils/transcript/query/query.ts';

export type SplitFault = { before: string; wrong: string; after: string };

/** In characters as people count them, roughly; what is left out is stood for by an ellipsis. */
const CONTEXT = 32;
const WRONG = 80;

/** Undefined where there is nothing to point at. No character is cut in two. */
export function splitFault(text: string, { at, length }: QuerySpan): SplitFault | undefined {
  const wrong = text.slice(at, at + length);
  if (wrong.trim() === '') return undefined;
  const before = [...text.slice(0, at)];
  const inside = [...wrong];
  const after = [...text.slice(at + length)];
  return {
    before: before.length > CONTEXT ? `…${before.slice(-CONTEXT).join('')}` : before.join(''),
    wrong: inside.length > WRONG ? `${inside.slice(0, WRONG).join('')}…` : wrong,
    after: after.length > CONTEXT ? `${after.slice(0, CONTEXT).join('')}…` : after.join(''),
  };
}
