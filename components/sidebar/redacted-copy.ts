/**
 * Ctrl+C over selected lines is the browser's own, but for what must not leave: where something in them is to be
 * hidden, the same text goes out with it blotted out, as plain text.
 */

import { indexOf } from './line-element.ts';
import { selectedLines, selectedPart } from './line-selection.ts';

/** The redacted text of lines by their index; lines in which nothing is hidden may be left out. */
type RedactedTexts = (from: number, to: number) => ReadonlyMap<number, string>;

/** Takes a `copy` event of the page. */
export function redactCopy(event: ClipboardEvent, scroller: HTMLElement, redactedTexts: RedactedTexts): void {
  const selection = scroller.ownerDocument.getSelection();
  const lines = selectedLines(scroller);
  const [first, last] = [lines[0], lines.at(-1)];
  if (selection === null || first === undefined || last === undefined) return;
  const range = selection.getRangeAt(0);
  const redacted = redactedTexts(indexOf(first), indexOf(last));
  const parts = lines.flatMap((line): Replacement[] => {
    const said = line.textContent;
    const part = selectedPart(range, line);
    // A line that is shown redacted is copied as it is shown.
    const text = 'redacted' in line.dataset ? said : (redacted.get(indexOf(line)) ?? said);
    return part === undefined
      ? []
      : [{ said: said.slice(part.from, part.to), instead: cut(said, text, part) }];
  });
  if (parts.every(({ said, instead }) => said === instead)) return;
  event.preventDefault();
  event.clipboardData?.setData('text/plain', replaceInOrder(String(selection), parts));
}

type Replacement = { said: string; instead: string };

/** The part of `redacted` that stands for a part of `said`; what is hidden comes whole or not at all. */
export function cut(said: string, redacted: string, { from, to }: { from: number; to: number }): string {
  const shorter = Math.min(said.length, redacted.length);
  let head = 0;
  while (head < shorter && said[head] === redacted[head]) head += 1;
  let tail = 0;
  while (tail < shorter - head && said.at(-1 - tail) === redacted.at(-1 - tail)) tail += 1;
  const hiddenTo = said.length - tail;
  const isTouched = from < hiddenTo && to > head;
  const hidden = isTouched ? redacted.slice(head, redacted.length - tail) : '';
  return (
    said.slice(from, Math.min(to, head)) +
    hidden +
    said.slice(Math.max(from, hiddenTo), Math.max(to, hiddenTo))
  );
}

/** Replaces the parts one after another, each looked for behind the one before. */
export function replaceInOrder(text: string, parts: readonly Replacement[]): string {
  let result = '';
  let at = 0;
  for (const { said, instead } of parts) {
    const found = text.indexOf(said, at);
    // The browser wrote it otherwise than it stands in the line: then the lines alone are given.
    if (found === -1) return parts.map((part) => part.instead).join('\n');
    result += text.slice(at, found) + instead;
    at = found + said.length;
  }
  return result + text.slice(at);
}
