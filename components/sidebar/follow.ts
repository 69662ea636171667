/**
 * Follow mode: stays at the newest line until the reader scrolls up, selects text, or walks into the list by
 * keyboard; then nothing on screen moves until they are back at the end.
 */
import { type ReadonlySignal, signal } from '@preact/signals';
import { lineOf } from './line-element.ts';

export type Follow = {
  following: ReadonlySignal<boolean>;
  /** Goes to the newest line and follows again. */
  resume(): void;
  /** Stays where it is until the reader comes back to the end: something brings them elsewhere. */
  stay(): void;
};

/** Less than a line from the end counts as the end. */
const NEAR_END_PX = 12;

/** Watches a scrolling element and the content in it; the returned function undoes it. */
export function createFollow(): Follow & { watch(scroller: HTMLElement, content: HTMLElement): () => void } {
  const following = signal(true);
  let watched: HTMLElement | undefined;

  function toEnd(): void {
    if (watched !== undefined) watched.scrollTop = watched.scrollHeight;
  }

  return {
    following,
    resume() {
      if (watched !== undefined && isSelecting(watched)) getSelection()?.removeAllRanges();
      if (watched !== undefined && isWalking(watched)) watched.focus({ preventScroll: true });
      following.value = true;
      toEnd();
    },
    stay() {
      following.value = false;
    },
    watch(scroller, content) {
      watched = scroller;
      const document = scroller.ownerDocument;
      let lastTop = scroller.scrollTop;
      /** A pointer pressed on a line scrolls nothing: what is above has another height than was thought. */
      let isOnLine = false;

      function look(): void {
        const fromEndPx = scroller.scrollHeight - scroller.clientHeight - scroller.scrollTop;
        const isBusy = isSelecting(scroller) || isWalking(scroller);
        if (isBusy) following.value = false;
        else if (fromEndPx <= NEAR_END_PX) following.value = true;
        else if (scroller.scrollTop < lastTop && !isOnLine) following.value = false;
        lastTop = scroller.scrollTop;
      }

      let lastEdge = scroller.getBoundingClientRect().top;
      /** A line that moved away under a pressed pointer would lose the click. */
      let isPressed = false;
      const press = ({ target }: PointerEvent) => {
        isPressed = true;
        isOnLine = lineOf(target) !== undefined;
      };
      const release = () =>
        requestAnimationFrame(() => {
          isPressed = false;
          isOnLine = false;
          if (following.peek()) toEnd();
        });
      const grown = new ResizeObserver(() => {
        const edge = scroller.getBoundingClientRect().top;
        // What comes or goes above the list (a banner, a keyword) does not push down what is read.
        if (!following.value) scroller.scrollTop += edge - lastEdge;
        else if (!isPressed) toEnd();
        lastEdge = edge;
      });
      // A selection or a focus is over only when the next event says so; until then its own `following` stands.
      const lookLater = () => queueMicrotask(look);
      scroller.addEventListener('scroll', look, { passive: true });
      scroller.addEventListener('focusin', look);
      scroller.addEventListener('focusout', lookLater);
      document.addEventListener('selectionchange', look);
      scroller.addEventListener('pointerdown', press);
      document.addEventListener('pointerup', release);
      document.addEventListener('pointercancel', release);
      // Before the frame that shows it: the frame then has it laid out already, and the scroll asks for no second one.
      const added = new MutationObserver(() => {
        if (following.peek() && !isPressed) toEnd();
      });
      added.observe(content, { childList: true, subtree: true, characterData: true });
      grown.observe(content);
      grown.observe(scroller);
      if (following.peek()) toEnd();
      return () => {
        scroller.removeEventListener('scroll', look);
        scroller.removeEventListener('focusin', look);
        scroller.removeEventListener('focusout', lookLater);
        document.removeEventListener('selectionchange', look);
        scroller.removeEventListener('pointerdown', press);
        document.removeEventListener('pointerup', release);
        document.removeEventListener('pointercancel', release);
        added.disconnect();
        grown.disconnect();
      };
    },
  };
}

function isSelecting(scroller: HTMLElement): boolean {
  const selection = scroller.ownerDocument.getSelection();
  return selection !== null && !selection.isCollapsed && selection.containsNode(scroller, true);
}

/** A line has the focus, and shows it: it was reached by keyboard, not by a click. */
function isWalking(scroller: HTMLElement): boolean {
  const focused = scroller.ownerDocument.activeElement;
  return (
    focused !== null &&
    focused !== scroller &&
    scroller.contains(focused) &&
    focused.matches(':focus-visible')
  );
}
