/**
 * A range of lines is the browser's own selection: drawn by it, kept by it, copied by its own Ctrl+C. Here it is made
 * of whole lines, and read as lines.
 */
import { lineOf } from './line-element.ts';

/** Selects from the beginning or end of one line to those of another, in either order. */
export function selectLines(from: HTMLElement, to: HTMLElement): void {
  const isForward = (from.compareDocumentPosition(to) & Node.DOCUMENT_POSITION_PRECEDING) === 0;
  const [start, end] = isForward ? [0, to.childNodes.length] : [from.childNodes.length, 0];
  from.ownerDocument.getSelection()?.setBaseAndExtent(from, start, to, end);
}

/** The lines of `scroller` of which something is selected, in their order; found without walking through all. */
export function selectedLines(scroller: HTMLElement): HTMLElement[] {
  const selection = scroller.ownerDocument.getSelection();
  if (selection === null || selection.isCollapsed || selection.rangeCount === 0) return [];
  const range = selection.getRangeAt(0);
  if (!range.intersectsNode(scroller)) return [];
  const lines = scroller.querySelectorAll<HTMLElement>('[data-line]');
  const isReached = (line: HTMLElement) => range.comparePoint(line, line.childNodes.length) >= 0;
  const isPassed = (line: HTMLElement) => range.comparePoint(line, 0) > 0;
  const first = firstWhere(lines, isReached);
  const end = firstWhere(lines, isPassed);
  const touched = [...lines].slice(first, end);
  // A selection that only comes up to a line has nothing of it, as after a triple click on the line before.
  return touched.filter(
    (line, at) => (at > 0 && at < touched.length - 1) || selectedPart(range, line) !== undefined,
  );
}

/** Where in a line's text a range begins and ends; `undefined`: nowhere. */
export function selectedPart(range: Range, line: HTMLElement): { from: number; to: number } | undefined {
  const whole = line.ownerDocument.createRange();
  whole.selectNodeContents(line);
  const length = line.textContent.length;
  const isInside = (node: Node) => line.contains(node);
  const from = isInside(range.startContainer) ? offsetIn(whole, range.startContainer, range.startOffset) : 0;
  const to = isInside(range.endContainer) ? offsetIn(whole, range.endContainer, range.endOffset) : length;
  return to > from ? { from, to } : undefined;
}

/** The line in which the reader began to select. */
export function selectionBase(document: Document): HTMLElement | undefined {
  const node = document.getSelection()?.anchorNode ?? null;
  return lineOf(node instanceof Text ? node.parentElement : node);
}

function offsetIn(whole: Range, node: Node, offset: number): number {
  const before = whole.cloneRange();
  before.setEnd(node, offset);
  return before.toString().length;
}

/** By halves: `isSo` holds from some line on to the end. */
function firstWhere(lines: NodeListOf<HTMLElement>, isSo: (line: HTMLElement) => boolean): number {
  let low = 0;
  let high = lines.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const line = lines[middle];
    if (line !== undefined && isSo(line)) high = middle;
    else low = middle + 1;
  }
  return low;
}
