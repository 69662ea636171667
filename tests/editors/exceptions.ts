/** The cells in which no text is put in, as it was measured; in all others it has to be. */

import type { BrowserName } from '../../demo/launcher/driven-browser.ts';
import type { CaseName } from './cases.ts';
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

/**
 * The cells that are not as they are known to be. Where an editor is known not to take keys either, whether it does
 * hangs on their pace now and then: that text was put in there after all is no fault.
 */
export function faultsIn(browser: BrowserName, { editor, cells }: Row): Partial<Record<CaseName, string>> {
  const exceptions = known[browser][editor] ?? {};
  const names = new Set([...Object.keys(cells), ...Object.keys(exceptions)] as CaseName[]);
  const faults: Partial<Record<CaseName, string>> = {};
  for (const name of names) {
    const is = cells[name]?.is;
    const should = exceptions[name] ?? 'inserted';
    const isLuck = should === 'impossible' && is === 'inserted';
    if (is !== should && !isLuck) faults[name] = `${is ?? 'not run'}, and not ${should}`;
  }
  return faults;
}
