/** The cells in which no text is put in, as it was measured; in all others it has to be. */
import type { CaseName } from './cases.ts';
import type { BrowserName } from './open-lab.ts';
import type { EditorName } from './registry.ts';
import type { Verdict } from './run-cell.ts';
import type { Row } from './run-matrix.ts';

type Exceptions = Partial<Record<CaseName, Exclude<Verdict['is'], 'inserted'>>>;

const refused: Exceptions = { caret: 'copied', selection: 'copied', 'two-lines': 'copied' };

const inBoth: Partial<Record<EditorName, Exceptions>> = {
  // It does not come up there.
  ckeditor4: { shadow: 'impossible' },
  // It does not take the keys there.
  trix: { shadow: 'impossible' },
  'refusing-field': refused,
  'refusing-editor': refused,
  'foreign-frame': refused,
};

/** Chromium shows a selection in a shadow root to that root alone, and these ask the document for it. */
const known: Record<BrowserName, Partial<Record<EditorName, Exceptions>>> = {
  chromium: { ...inBoth, slate: { shadow: 'impossible' }, 'draft-js': { shadow: 'impossible' } },
  firefox: { ...inBoth, quill: { shadow: 'copied' }, 'draft-js': { shadow: 'copied' } },
};

export function knownExceptions(browser: BrowserName, editor: EditorName): Exceptions {
  return known[browser][editor] ?? {};
}

export function exceptionsIn({ cells }: Row): Exceptions {
  return Object.fromEntries(
    Object.entries(cells).flatMap(([name, { is }]) => (is === 'inserted' ? [] : [[name, is]])),
  );
}
