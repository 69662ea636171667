/**
 * The small tools of one line: of the one under the pointer, else of the one that was walked to. One element for the
 * whole list, laid over it at the line's end, so that nothing shifts.
 */
import { type ReadonlySignal, type Signal, useSignalEffect } from '@preact/signals';
import type { JSX, RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { words } from '../../utils/browser/runtime.ts';
import { CopyIcon, EyeIcon, InsertIcon, PinIcon } from '../icons.tsx';
import { indexOf, lineElement, lineOf } from './line-element.ts';
import type { LineMarks } from './line-marks.ts';

type LineToolsProps = {
  scroller: RefObject<HTMLElement | null>;
  /** The line that they are for. */
  at: Signal<number | undefined>;
  pinned: ReadonlySignal<ReadonlySet<number>>;
  marks: LineMarks;
  copy(index: number): void;
  togglePin(index: number): void;
  insert(index: number): void;
};

/** Above the line's upper edge, so that none of its words lie under the tools, and the pointer finds its way there. */
const RAISED_PX = 24;
const FROM_EDGE_PX = 2;

export function LineTools(props: LineToolsProps): JSX.Element | null {
  const { scroller, at, pinned, marks, copy, togglePin, insert } = props;
  const tools = useRef<HTMLDivElement>(null);

  useEffect(() => (scroller.current === null ? undefined : watchLine(scroller.current, at)), [at]);
  useSignalEffect(() => {
    if (at.value !== marks.revealed.peek()) marks.revealed.value = undefined;
  });
  useEffect(() => {
    const area = scroller.current;
    if (area === null || at.value === undefined) return undefined;
    const place = () => placeAt(tools.current, area, at.peek());
    place();
    const moved = new ResizeObserver(place);
    for (const child of area.children) moved.observe(child);
    return () => moved.disconnect();
  }, [at.value]);

  const index = at.value;
  if (index === undefined) return null;
  const isPinned = pinned.value.has(index);
  const isRevealed = marks.revealed.value === index;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for a form
    <div
      class="line-tools"
      role="group"
      data-of={index}
      aria-label={words('lineTools')}
      ref={tools}
      // The focus and the selection stay where they are.
      onPointerDown={(event) => event.preventDefault()}
      onKeyDown={(event) => {
        if (event.key === 'Escape') lineElement(document, index)?.focus({ preventScroll: true });
      }}
    >
      {marks.isRedacted(index) ? (
        <button
          class="icon"
          type="button"
          title={words('lineReveal')}
          aria-pressed={isRevealed}
          data-tool="reveal"
          onClick={() => {
            marks.revealed.value = isRevealed ? undefined : index;
          }}
        >
          <EyeIcon />
        </button>
      ) : null}
      <button
        class="icon"
        type="button"
        title={words('lineCopy')}
        data-tool="copy"
        onClick={() => copy(index)}
      >
        <CopyIcon />
      </button>
      <button
        class="icon"
        type="button"
        title={isPinned ? words('lineUnpin') : words('linePin')}
        data-tool="pin"
        data-on={isPinned}
        onClick={() => togglePin(index)}
      >
        <PinIcon />
      </button>
      <button
        class="icon"
        type="button"
        title={words('lineInsert')}
        data-tool="insert"
        onClick={() => insert(index)}
      >
        <InsertIcon />
      </button>
    </div>
  );
}

/** Keeps `at` the line that the tools are for; the returned function undoes it. */
function watchLine(scroller: HTMLElement, at: Signal<number | undefined>): () => void {
  const isTool = (target: EventTarget | null) =>
    target instanceof Element && target.closest('.line-tools') !== null;
  const walkedTo = () => {
    const line = lineOf(scroller.ownerDocument.activeElement);
    return line?.matches(':focus-visible') ? indexOf(line) : undefined;
  };
  const point = ({ target, buttons }: PointerEvent) => {
    if (isTool(target)) return;
    const line = lineOf(target);
    // Whoever drags over the lines selects them.
    at.value = line === undefined || buttons !== 0 ? walkedTo() : indexOf(line);
  };
  const leave = () => {
    at.value = walkedTo();
  };
  const focus = ({ target }: FocusEvent) => {
    // Back at the list as a whole, the line that was walked to is left, and a key means the newest again.
    const line = target === scroller ? lineOf(scroller.querySelector('[data-line]:hover')) : lineOf(target);
    if (line !== undefined || target === scroller) at.value = line && indexOf(line);
  };
  const blur = ({ relatedTarget }: FocusEvent) => {
    if (!(relatedTarget instanceof Node) || !scroller.contains(relatedTarget)) at.value = undefined;
  };
  const forget = () => {
    at.value = undefined;
  };
  const events = new AbortController();
  const { signal } = events;
  scroller.addEventListener('pointerover', point, { signal });
  scroller.addEventListener('pointerup', point, { signal });
  scroller.addEventListener('pointerleave', leave, { signal });
  scroller.addEventListener('focusin', focus, { signal });
  scroller.addEventListener('focusout', blur, { signal });
  // Whoever works on in the page is with no line, also where the browser told the frame of no leaving.
  scroller.ownerDocument.defaultView?.addEventListener('blur', forget, { signal });
  return () => events.abort();
}

function placeAt(tools: HTMLElement | null, scroller: HTMLElement, index: number | undefined): void {
  const line = index === undefined ? undefined : lineElement(scroller.ownerDocument, index);
  if (tools === null || line === undefined) return;
  const top = scroller.getBoundingClientRect().top + scroller.clientTop;
  const fromTop = Math.max(FROM_EDGE_PX, line.getBoundingClientRect().top - top - RAISED_PX);
  tools.style.translate = `0 ${Math.round(scroller.scrollTop + fromTop)}px`;
}
