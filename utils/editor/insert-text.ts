/** Puts text into an editor and sees whether it has arrived. */
import type { Engine } from '../engine.ts';
import { focusAt, isBehindText, selectedText } from './caret.ts';
import { type Way, waysFor } from './choose-way.ts';
import { type Arrival, type Change, compareTexts, showsEnd } from './compare-text.ts';
import { isField, isInShadow } from './editable.ts';
import { type EditorKind, editorKind } from './editor-kind.ts';
import { editorText } from './editor-text.ts';
import { insertByExec } from './ways/exec.ts';
import { insertByPaste } from './ways/paste.ts';
import { insertPerLine } from './ways/per-line.ts';
import { insertBySetRange } from './ways/set-range.ts';

export type Place = {
  editor: HTMLElement;
  /** Kept while the editor had the focus; for rich editors only. */
  caret?: Range | undefined;
  /** The agent was in it, so a field's own selection is theirs. */
  isKnown: boolean;
};

export type InsertDeps = {
  engine: Engine;
  /** Pastes into the element that has the focus, in the page's own world; `false`: nothing was done. */
  pasteInPage(text: string): Promise<boolean>;
  sleep(ms: number): Promise<void>;
  nowMs(): number;
};

/** Editors with a model of their own hear of the selection later; the slowest, Slate, after 100 ms. */
const SELECTION_HEARD_MS = 200;
const LOOK_EVERY_MS = 100;
const LOOK_FOR_MS = 1_000;
/** These have nothing but what is shown, and the browser's own history. */
const PLAIN: readonly EditorKind[] = ['textarea', 'input', 'contenteditable'];

/**
 * Leaves the focus in the editor with the caret after the text. `said` is plain, as `plainText` makes it, and so is
 * `lead`, which is put before it where the caret stands behind other text of its line.
 */
export async function insertText(
  place: Place,
  said: string,
  deps: InsertDeps,
  lead = '',
): Promise<'inserted' | 'not-taken' | 'partly'> {
  const { editor, isKnown } = place;
  // The one that is kept follows the focus to where the browser or the editor first puts the caret.
  const caret = place.caret?.cloneRange();
  const kind = editorKind(editor);
  for (const way of waysFor(kind, deps.engine, isInShadow(editor))) {
    focusAt(editor, caret, isKnown);
    if (!PLAIN.includes(kind)) await deps.sleep(SELECTION_HEARD_MS);
    const text = isBehindText(editor) ? lead + said : said;
    const before = editorText(editor);
    const selected = selectedText(editor);
    if (!(await insertBy(way, editor, textFor(kind, text), deps))) continue;
    const look = (): Arrival => {
      const change: Change = { before, after: editorText(editor), selected, text };
      const arrival = compareTexts(change);
      return arrival === 'partly' && kind === 'codemirror' && showsEnd(change) ? 'inserted' : arrival;
    };
    const arrival = await watch(look, deps);
    if (arrival === 'inserted') return 'inserted';
    if (arrival === 'partly') return (await takeBack(editor, kind, before, deps)) ? 'not-taken' : 'partly';
  }
  return 'not-taken';
}

/** A blank line makes TinyMCE part what is pasted from the words around it; one with a space in it does not. */
function textFor(kind: EditorKind, text: string): string {
  return kind === 'tinymce' ? text.replace(/\n(?=\n)/g, '\n ') : text;
}

async function insertBy(way: Way, editor: HTMLElement, text: string, deps: InsertDeps): Promise<boolean> {
  switch (way) {
    case 'page-paste':
      return deps.pasteInPage(text);
    case 'exec':
      insertByExec(editor, text);
      return true;
    case 'per-line':
      await insertPerLine(editor, text);
      return true;
    case 'paste':
      insertByPaste(editor, text);
      return true;
    case 'set-range':
      if (isField(editor)) insertBySetRange(editor, text);
      return isField(editor);
  }
}

/** Seen twice before it is believed: a page may put back what it had. */
async function watch(look: () => Arrival, { sleep, nowMs }: InsertDeps): Promise<Arrival> {
  const untilMs = nowMs() + LOOK_FOR_MS;
  let last: Arrival | undefined;
  for (;;) {
    await sleep(LOOK_EVERY_MS);
    const arrival = look();
    if (nowMs() >= untilMs || (arrival === 'inserted' && last === 'inserted')) return arrival;
    last = arrival;
  }
}

/** Whether the editor holds again what it held; asked only of one that has the browser's own history. */
async function takeBack(
  editor: HTMLElement,
  kind: EditorKind,
  before: string,
  { sleep }: InsertDeps,
): Promise<boolean> {
  if (!PLAIN.includes(kind)) return false;
  editor.ownerDocument.execCommand('undo');
  await sleep(LOOK_EVERY_MS);
  return editorText(editor) === before;
}
