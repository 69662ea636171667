/**
 * What the reader's hand does with the lines: a click copies one, a click with Shift all from the one pressed last.
 * C copies, P pins, I inserts, R reveals: what is selected, else the line whose tools are shown; Enter copies the one
 * that was walked to. With neither, P pins the newest line as it is heard.
 */
import type { ReadonlySignal } from '@preact/signals';
import type { Entry } from '../../utils/transcript/call.ts';
import { entriesAround, entriesBetween, isLine, newestFinal } from './call-entries.ts';
import type { CallModel } from './call-model.ts';
import type { Follow } from './follow.ts';
import type { LineActions } from './line-actions.ts';
import { indexOf, lineElement, lineOf } from './line-element.ts';
import { type WalkDeps, walkLines } from './line-keys.ts';
import type { LineMarks } from './line-marks.ts';
import { selectedLines, selectLines } from './line-selection.ts';
import { redactCopy } from './redacted-copy.ts';
import { isLetter, isTyping } from './shortcut.ts';

type HandDeps = {
  call: CallModel;
  follow: Follow;
  actions: LineActions;
  marks: Pick<LineMarks, 'revealed' | 'isRedacted'>;
  /** The line whose tools are shown. */
  current: ReadonlySignal<number | undefined>;
  redacted(entries: readonly Entry[]): ReadonlyMap<number, string>;
  lineAt: WalkDeps['lineAt'];
};

export type LineHand = {
  /** Listens on the scrolling element of the lines, and for letters and Ctrl+C in its page; returns the undoing. */
  take(scroller: HTMLElement): () => void;
};

export function createLineHand(deps: HandDeps): LineHand {
  const { call, actions, marks, current, redacted } = deps;
  /** The line that was pressed last without Shift. */
  let pressed: number | undefined;

  /** Several selected lines with the losses between them, else the one at `index`. */
  function entriesAt(scroller: HTMLElement, index: number | undefined): Entry[] {
    const lines = selectedLines(scroller);
    const [first, last] = [lines[0], lines.at(-1)];
    if (first !== undefined && last !== undefined && first !== last) {
      return entriesBetween(call, indexOf(first), indexOf(last));
    }
    return index === undefined ? [] : entriesBetween(call, index, index);
  }

  function copy(scroller: HTMLElement, entries: readonly Entry[]): void {
    const [first] = entries;
    if (!actions.copy(entries) || entries.length !== 1 || first === undefined) return;
    const line = lineElement(scroller.ownerDocument, first.index);
    if (line !== undefined) flash(line);
  }

  function click(event: MouseEvent, scroller: HTMLElement): void {
    const line = lineOf(event.target);
    if (line === undefined) return;
    const base = pressed === undefined ? undefined : lineElement(scroller.ownerDocument, pressed);
    if (event.shiftKey && base !== undefined && base !== line) {
      selectLines(base, line);
      const [from, to] = [Math.min(indexOf(base), indexOf(line)), Math.max(indexOf(base), indexOf(line))];
      copy(scroller, entriesBetween(call, from, to));
      return;
    }
    // Text that was just selected is meant to be read or copied by hand.
    if (getSelection()?.isCollapsed === false) return;
    copy(scroller, entriesBetween(call, indexOf(line), indexOf(line)));
  }

  function press(event: KeyboardEvent, scroller: HTMLElement): void {
    const line = lineOf(event.target);
    const isAlone = !event.ctrlKey && !event.metaKey && !event.altKey;
    if (event.key === 'Enter' && isAlone && line !== undefined)
      copy(scroller, entriesAt(scroller, indexOf(line)));
    else if (line !== undefined || event.target === scroller) walkLines(event, deps);
  }

  function pressLetter(event: KeyboardEvent, scroller: HTMLElement): void {
    if (isTyping(event) || event.defaultPrevented) return;
    const index = current.peek();
    const entries = entriesAt(scroller, index);
    if (isLetter(event, 'p')) pin(entries);
    else if (isLetter(event, 'c')) copy(scroller, entries);
    else if (isLetter(event, 'i')) actions.insert(entries);
    else if (isLetter(event, 'r') && index !== undefined && marks.isRedacted(index)) {
      marks.revealed.value = marks.revealed.peek() === index ? undefined : index;
    }
  }

  function pin(entries: readonly Entry[]): void {
    const newest = newestFinal(call);
    if (entries.length > 0) actions.togglePins(entries.filter(isLine));
    else if (newest !== undefined) actions.togglePins([newest]);
  }

  function copySelected(event: ClipboardEvent, scroller: HTMLElement): void {
    redactCopy(event, scroller, (from, to) => redacted(entriesAround(call, entriesBetween(call, from, to))));
  }

  return {
    take(scroller) {
      const { ownerDocument: document } = scroller;
      const listeners = new AbortController();
      const { signal } = listeners;
      const remember = ({ target, shiftKey }: PointerEvent) => {
        const line = lineOf(target);
        if (line !== undefined && !shiftKey) pressed = indexOf(line);
      };
      scroller.addEventListener('pointerdown', remember, { signal });
      scroller.addEventListener('click', (event) => click(event, scroller), { signal });
      scroller.addEventListener('keydown', (event) => press(event, scroller), { signal });
      document.addEventListener('keydown', (event) => pressLetter(event, scroller), { signal });
      document.addEventListener('copy', (event) => copySelected(event, scroller), { signal });
      return () => listeners.abort();
    },
  };
}

function flash(element: HTMLElement): void {
  if (matchMedia('(prefers-reduced-motion: reduce)').matches) return;
  element.animate([{ opacity: 0.4 }, { opacity: 1 }], { duration: 250, easing: 'ease-out' });
}
