/** What an agent's own pattern finds: `#` is a digit, `@` a letter, a space any white space or none. */
import { foldText } from '../fold-text.ts';
import { BLOTTED, type Found, type HeardLine } from './heard-line.ts';
import { escapeRegExp } from './placeholder.ts';

/** Nothing, where the pattern says nothing. Case and accents do not count. */
export function createPatternFinder(pattern: string): (lines: readonly HeardLine[]) => Found[] {
  const folded = foldText(pattern).text.replaceAll(BLOTTED, '').trim();
  if (folded === '') return () => [];
  const source = [...folded].map(sourceOf).join('');
  const matcher = new RegExp(`${edge(folded[0], '?<!')}${source}${edge(folded.at(-1), '?!')}`, 'gu');
  return (lines) =>
    lines.flatMap(({ plain }, line) =>
      [...plain.matchAll(matcher)].map(({ index, 0: piece }) => ({
        line,
        from: index,
        to: index + piece.length,
      })),
    );
}

function sourceOf(character: string): string {
  if (character === '#') return '\\d';
  if (character === '@') return '\\p{L}';
  return character === ' ' ? ' ?' : escapeRegExp(character).replace('\\-', '-');
}

/** A pattern that begins or ends with a letter or digit does not match a part of a word. */
function edge(character: string | undefined, look: '?<!' | '?!'): string {
  return /[#@\p{L}\p{N}]/u.test(character ?? '') ? `(${look}[\\p{L}\\p{N}])` : '';
}
