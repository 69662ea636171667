/** The sidebar in the page: where it stands, how it lies, and that it stays there whatever the page does. */
import type { Layout, OverlayWords } from '../../utils/messaging/overlay-messages.ts';
import { createModalStack, type ModalStack } from './modal-stack.ts';
import { createPageMargin } from './page-margin.ts';
import { lower, moveInto, raise } from './place.ts';
import { createRefusedCard, type RefusedActions } from './refused-card.ts';
import { createRetryBudget } from './retry-budget.ts';
import { createSidebarHost } from './sidebar-host.ts';

export type OverlayDeps = {
  document: Document;
  frameUrl: string;
  nowMs(): number;
  setTimer(run: () => void, ms: number): unknown;
  refused: RefusedActions;
};

export type Overlay = {
  modals: ModalStack;
  /** Lays it so; the first time puts it into the page. */
  lay(layout: Layout, words: OverlayWords): void;
  /** The sidebar in the frame runs. */
  framed(): void;
  /** Puts right what the page has changed. Cheap where nothing has, so it is called after every change of the page. */
  settle(): void;
  /** The page went on to another of its own pages: what was given up is tried again. */
  renew(): void;
  /** For good; leaves no trace. */
  remove(): void;
};

const REFUSED_AFTER_MS = 5_000;

export function createOverlay({ document, frameUrl, nowMs, setTimer, refused }: OverlayDeps): Overlay {
  const mending = createRetryBudget({ nowMs });
  const host = createSidebarHost(document, frameUrl, mending);
  const { element } = host;
  const modals = createModalStack(document);
  const insertions = createRetryBudget({ nowMs });
  const marginBudget = createRetryBudget({ nowMs });
  const margin = createPageMargin(marginBudget);
  let layout: Layout | undefined;
  let placed: Element | undefined;
  let isFramed = false;
  let isRemoved = false;

  function settle(): void {
    const root: HTMLElement | null = document.documentElement;
    // Between `document.open()` and the first write there is none.
    if (isRemoved || layout === undefined || root === null) return;
    const isHidden = document.fullscreenElement !== null;
    const stands = stand(modals.topmost() ?? root, root);
    if (stands) host.lay(layout, isHidden);
    const pushes = stands && !isHidden && !layout.collapsed && layout.room === 'push';
    margin.set(root, pushes ? layout : undefined);
  }

  /** Whether it stands in `parent` now; `false` where the page will not have it. */
  function stand(parent: Element, root: Element): boolean {
    if (element.parentNode === parent && element.isConnected) return true;
    if (!isOwnMove(parent, root) && !insertions.take()) {
      element.remove();
      return false;
    }
    moveInto(parent, element);
    placed = parent;
    if (parent === root) lower(element);
    else raise(element);
    return true;
  }

  /** It goes elsewhere because dialogs opened or closed, and not because the page took it away. */
  function isOwnMove(parent: Element, root: Element): boolean {
    if (placed === undefined) return true;
    if (placed === parent || element.parentNode !== placed) return false;
    return element.isConnected || placed.localName !== root.localName;
  }

  return {
    modals,
    settle,
    lay(next, words) {
      if (layout === undefined) {
        host.name(words.title);
        setTimer(() => coverIfRefused(words), REFUSED_AFTER_MS);
      }
      layout = next;
      settle();
    },
    framed() {
      isFramed = true;
      host.uncover();
    },
    renew() {
      insertions.renew();
      marginBudget.renew();
      mending.renew();
      settle();
    },
    remove() {
      isRemoved = true;
      margin.set(document.documentElement, undefined);
      element.remove();
    },
  };

  function coverIfRefused(words: OverlayWords): void {
    if (!isFramed && !isRemoved) host.cover(createRefusedCard(document, words, refused));
  }
}
