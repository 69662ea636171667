/** The sidebar's element in the page: a frame of the extension's own page inside a closed shadow root. */
import type { Layout } from '../../utils/messaging/overlay-messages.ts';
import type { RefusedCard } from './refused-card.ts';
import type { RetryBudget } from './retry-budget.ts';
import { hostStyle } from './styles.ts';

export type SidebarHost = {
  element: HTMLElement;
  /** What a screen reader calls the frame. */
  name(title: string): void;
  /** Idempotent, and undoes what the page did to its style; the frame stays the same frame. */
  lay(layout: Layout, isHidden: boolean): void;
  /** Lays the card over the frame. */
  cover(card: RefusedCard): void;
  uncover(): void;
};

const FRAME = 'border:0;width:100%;height:100%;display:block';

/**
 * The browser's own models, which a frame of another origin may use only where it is told so; by `*`, because a dynamic
 * address is not yet the origin that the page then has.
 */
const MACHINES = 'summarizer *; translator *; language-detector *';

export function createSidebarHost(document: Document, frameUrl: string, mending: RetryBudget): SidebarHost {
  // Made in a document without a page: a page that defines this element for itself gets no hold of its closed root.
  const element = document.createElement('template').content.ownerDocument.createElement('earshot-sidebar');
  const iframe = document.createElement('iframe');
  iframe.allow = MACHINES;
  iframe.src = frameUrl;
  iframe.style.cssText = FRAME;
  const shadow = element.attachShadow({ mode: 'closed' });
  shadow.append(iframe);
  let laid: { layout: Layout; isHidden: boolean } | undefined;
  let card: RefusedCard | undefined;
  let isTouched = false;
  // The text of the attribute tells too little: what a page writes there under a strict policy of its own has no effect.
  const styleWatch = new MutationObserver(() => {
    isTouched = true;
  });
  styleWatch.observe(element, { attributeFilter: ['style'] });
  return {
    element,
    name(title) {
      iframe.title = title;
    },
    lay(layout, isHidden) {
      const isLaid = laid?.layout === layout && laid.isHidden === isHidden;
      if (isLaid && !(isTouched && mending.take())) return;
      laid = { layout, isHidden };
      // Taken away first: a browser may leave alone what it is told to write over itself.
      element.removeAttribute('style');
      element.setAttribute('style', hostStyle(layout, isHidden));
      styleWatch.takeRecords();
      isTouched = false;
      card?.setCollapsed(layout.collapsed);
    },
    cover(given) {
      card = given;
      card.setCollapsed(laid?.layout.collapsed === true);
      shadow.append(card.element);
      // What the browser says in a refused frame would be read out and could take focus.
      iframe.style.visibility = 'hidden';
    },
    uncover() {
      card?.element.remove();
      iframe.style.visibility = 'inherit';
    },
  };
}
