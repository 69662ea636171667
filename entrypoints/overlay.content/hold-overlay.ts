/** Keeps the overlay in its place in a living page, and tells what that page shows. */
import type { PageRecord } from '../../utils/messaging/surface.ts';
import type { Overlay } from './overlay.ts';
import type { PageEditors } from './page-editors.ts';
import { createPageReport } from './page-report.ts';
import { type PageWatch, watchPage } from './page-watch.ts';

export type HoldDeps = {
  window: Window & typeof globalThis;
  overlay: Overlay;
  editors: PageEditors;
  read(): PageRecord;
  post(page: PageRecord): void;
  /** The page comes back from the browser's cache, where it lost its ports. */
  restored(): void;
};

export type Hold = {
  /** Idempotent. Before it the page is neither watched nor read. */
  start(): void;
  /** Takes the overlay away, for good. */
  stop(): void;
};

/** A page that is never idle is read all the same. */
const IDLE_WITHIN_MS = 2_000;

export function holdOverlay({ window, overlay, editors, read, post, restored }: HoldDeps): Hold {
  const { document } = window;
  let watch: PageWatch | undefined;
  let isStopped = false;
  let href = window.location.href;
  const report = createPageReport({
    read() {
      editors.findComposer();
      return read();
    },
    post,
    isHidden: () => isStopped || document.visibilityState === 'hidden',
    whenIdle: (run) => void window.requestIdleCallback(run, { timeout: IDLE_WITHIN_MS }),
    nowMs: () => performance.now(),
  });

  function mutated(records: readonly MutationRecord[]): void {
    for (const { type, target } of records) {
      if (type === 'attributes') overlay.modals.changed(target as Element);
      else report.touched();
    }
    overlay.settle();
  }

  function focused(path: readonly EventTarget[]): void {
    const dialog = overlay.modals.focused(path);
    if (dialog === undefined) return;
    const root = dialog.getRootNode();
    if (root !== document) watch?.include(root);
    overlay.settle();
  }

  function beat(): void {
    if (window.location.href !== href) {
      href = window.location.href;
      report.touched();
      overlay.renew();
    }
    // What a shadow root does to a dialog in it is told to nobody outside.
    overlay.settle();
    editors.look();
    report.beat();
  }

  return {
    start() {
      if (isStopped || watch !== undefined) return;
      watch = watchPage({
        window,
        mutated,
        focused,
        navigated: beat,
        shown: beat,
        restored,
        beat,
      });
      beat();
    },
    stop() {
      isStopped = true;
      watch?.stop();
      editors.stop();
      overlay.remove();
    },
  };
}
