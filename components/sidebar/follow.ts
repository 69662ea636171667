/** Follow mode: stays at the newest line until the reader scrolls up, and counts what comes below meanwhile. */
import { type ReadonlySignal, signal } from '@preact/signals';

export type Follow = {
  following: ReadonlySignal<boolean>;
  /** Goes to the newest line and follows again. */
  resume(): void;
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
      following.value = true;
      toEnd();
    },
    watch(scroller, content) {
      watched = scroller;
      let lastTop = scroller.scrollTop;
      const look = () => {
        const fromEndPx = scroller.scrollHeight - scroller.clientHeight - scroller.scrollTop;
        if (fromEndPx <= NEAR_END_PX) following.value = true;
        else if (scroller.scrollTop < lastTop) following.value = false;
        lastTop = scroller.scrollTop;
      };
      const grown = new ResizeObserver(() => {
        if (following.value) toEnd();
      });
      scroller.addEventListener('scroll', look, { passive: true });
      grown.observe(content);
      grown.observe(scroller);
      toEnd();
      return () => {
        scroller.removeEventListener('scroll', look);
        grown.disconnect();
      };
    },
  };
}
