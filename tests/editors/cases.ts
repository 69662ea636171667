/** The cases of the matrix: what is in the editor, where it stands, where the caret is and what is put in. */

import type { Place } from './pages/stage.ts';
import { type EditorName, refusingNames } from './registry.ts';

export type EditorCase = {
  place: Place;
  /** One line of plain letters, or nothing. */
  base: string;
  /** The selection, in characters of `base`; with `from` = `to` the caret. */
  from: number;
  to: number;
  text: string;
  /** Another editor of the kind stands before this one, and was focused before it. */
  beside?: true;
  /** Instead of typing on, the editor's own undo is asked for the text as it was. */
  undo?: true;
  /** Asked for on a line of its own, which an empty editor has already. */
  ownLine?: true;
  /** Some editors say a blank line by a wider gap between paragraphs: it is left out of the comparison. */
  blankLines?: true;
  /** Where it is not every editor. */
  only?: readonly EditorName[];
};

const LINES = 40;
const LONG_LINES = 1_000;

const caret = { place: 'page', base: 'one two three', from: 4, to: 4 } as const;
const twoLines = { ...caret, text: 'first line\nsecond line' };

export const cases = {
  empty: { place: 'page', base: '', from: 0, to: 0, text: 'words of the caller', ownLine: true },
  caret: { ...caret, text: 'words of the caller' },
  selection: { ...caret, to: 7, text: 'words of the caller' },
  'two-lines': twoLines,
  'blank-line': { ...caret, text: 'head\n\nfirst line\nsecond line', blankLines: true },
  'forty-lines': { ...caret, text: count(LINES, (line) => `10:${line} Caller: line ${line}, said`) },
  bidi: {
    ...caret,
    text: 'Grüße 👩‍👩‍👧 😀 שלום \u200fمرحبا\u200f عالم \u2068abc\u2069 e\u0301',
  },
  markup: {
    ...caret,
    text: '<b>x</b> <script>window.pwned=1</script> <img src=x onerror="window.pwned=1"> {{a}} $1 $& **b** \u202Edcba &amp; end',
  },
  shadow: { ...twoLines, place: 'shadow' },
  iframe: { ...twoLines, place: 'iframe' },
  dialog: { ...twoLines, place: 'dialog' },
  'two-editors': { ...twoLines, beside: true },
  'own-line': { ...twoLines, base: 'one', from: 3, to: 3, ownLine: true },
  undo: { ...twoLines, undo: true },
  long: {
    ...caret,
    // 100 characters a line, its end counted.
    text: count(LONG_LINES, (line) => `line ${line} of a long call `.padEnd(99, 'abcdefghi')),
    only: ['textarea', 'input', 'react-textarea', 'contenteditable', 'prosemirror', 'quill', 'lexical'],
  },
} as const satisfies Record<string, EditorCase>;

export type CaseName = keyof typeof cases;

export const caseNames = Object.keys(cases) as CaseName[];

/** Enough to see that an editor refuses. */
const REFUSED: readonly CaseName[] = ['caret', 'selection', 'two-lines'];

export function isCaseFor(editor: EditorName, name: CaseName): boolean {
  if (refusingNames.includes(editor)) return REFUSED.includes(name);
  const { only }: EditorCase = cases[name];
  return only?.includes(editor) ?? true;
}

export function isCaseName(name: string): name is CaseName {
  return Object.hasOwn(cases, name);
}

function count(lines: number, say: (line: number) => string): string {
  return Array.from({ length: lines }, (_, index) => say(index + 1)).join('\n');
}
