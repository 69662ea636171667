/** The editor of a page that a note belongs into. */
import type { DeepSelector } from './crm.ts';
import { type DeepQuery, frameDocument, innerRoots } from './deep-query.ts';

const EDITORS = 'textarea,iframe,[contenteditable]:not([contenteditable="false"])';
/** Fields that only look like editors: a search, or one line. */
const NOT_FOR_NOTES = '[role="combobox"],[role="searchbox"],[type="search"],[aria-multiline="false"]';
const CLOSED = '[inert],[aria-hidden="true"]';
/** CSS pixels; editors keep smaller fields to catch keys and the clipboard with. */
const MIN_SIDE_PX = 12;
/** Nobody has so many open; a page that does has no editor that could be meant. */
const MAX_CANDIDATES = 100;

/** The first that can be written into; of a frame that is an editor, its body. */
export function findComposer(query: DeepQuery, selectors: readonly DeepSelector[]): HTMLElement | undefined {
  for (const selector of selectors) {
    for (const element of query(selector)) {
      const editor = editorOf(element);
      if (editor !== undefined) return editor;
    }
  }
  return undefined;
}

/** The page's editor of several lines, where it has exactly one. */
export function onlyEditor(document: Document): HTMLElement | undefined {
  const roots = [document, ...innerRoots(document.documentElement)];
  const candidates = roots.flatMap((root) => [...root.querySelectorAll<HTMLElement>(EDITORS)]);
  if (candidates.length > MAX_CANDIDATES) return undefined;
  const editors = new Set(
    candidates
      .filter((element) => !element.matches(NOT_FOR_NOTES) && !element.parentElement?.isContentEditable)
      .map(editorOf)
      .filter((editor) => editor !== undefined),
  );
  const [only] = editors;
  return editors.size === 1 ? only : undefined;
}

function editorOf(element: HTMLElement): HTMLElement | undefined {
  if (!isShown(element)) return undefined;
  if (element.localName === 'iframe') {
    const body = frameDocument(element as HTMLIFrameElement)?.body;
    return body?.isContentEditable ? body : undefined;
  }
  if (element.localName === 'textarea') {
    const { disabled, readOnly } = element as HTMLTextAreaElement;
    return disabled || readOnly ? undefined : element;
  }
  return element.isContentEditable && element.ariaReadOnly !== 'true' ? element : undefined;
}

function isShown(element: HTMLElement): boolean {
  if (!element.checkVisibility({ visibilityProperty: true }) || element.closest(CLOSED) !== null)
    return false;
  const { width, height } = element.getBoundingClientRect();
  return width >= MIN_SIDE_PX && height >= MIN_SIDE_PX;
}
