/** The ports of the overlays, by tab: where each is to lie, and what its page shows. */
import * as v from 'valibot';
import type { IncomingPort } from '../../utils/browser/ports.ts';
import type { InsertOutcome, InsertTarget } from '../../utils/messaging/insertion.ts';
import {
  fromOverlay,
  type Layout,
  type OverlayWords,
  type ToOverlayPort,
} from '../../utils/messaging/overlay-messages.ts';
import { OVERLAY_PORT } from '../../utils/messaging/overlay-port.ts';
import type { PageRecord } from '../../utils/messaging/surface.ts';

export type OverlayHubDeps = {
  /** Resolves once every tab's layout is known. */
  ready: Promise<void>;
  words(): OverlayWords;
  /** `elsewhere`: the sidebar that this page's script serves stands there; `undefined`: there is none. */
  layoutOf(tabId: number): Layout | 'elsewhere' | undefined;
  /** Called with every new record, and with `undefined` when the page is gone. */
  pageChanged(tabId: number, page: PageRecord | undefined): void;
  /** Called with every new target, and with `undefined` when there is none. */
  targetChanged(tabId: number, target: InsertTarget | undefined): void;
  inserted(tabId: number, request: string, outcome: InsertOutcome): void;
  /** Whether the page's own world could be given the paste. */
  pasteInPage(tabId: number, text: string): Promise<boolean>;
  openWindow(tabId: number): void;
  /** The help for pages that let no sidebar in. */
  openHelp(): void;
  /** No script listens in this tab any more. */
  closed(tabId: number): void;
};

export type OverlayHub = {
  /** Takes a port, or closes it where it is not our content script's in a tab. */
  take(port: IncomingPort): void;
  /** Tells the overlay of one tab, or of every tab, how it lies now. */
  layoutChanged(tabId?: number): void;
  /** The sidebar in this tab's overlay runs, until `unframed`. */
  framed(tabId: number): void;
  unframed(tabId: number): void;
  pageOf(tabId: number): PageRecord | undefined;
  /** The origin of the page in a tab, where its script listens. */
  originOf(tabId: number): string | undefined;
  targetOf(tabId: number): InsertTarget | undefined;
  tabs(): Iterable<number>;
  /** Whether its script listens in the tab. */
  has(tabId: number): boolean;
  /** `false` where it does not. */
  tell(tabId: number, message: ToOverlayPort): boolean;
};

type Overlay = {
  port: IncomingPort;
  isReady: boolean;
  page: PageRecord | undefined;
  target: InsertTarget | undefined;
};

export function createOverlayHub(deps: OverlayHubDeps): OverlayHub {
  const { ready, layoutOf, pageChanged, targetChanged } = deps;
  const overlays = new Map<number, Overlay>();
  const framedTabs = new Set<number>();

  function take(port: IncomingPort): void {
    const { tabId } = port;
    if (port.name !== OVERLAY_PORT || port.senderIsOurPage || tabId === undefined) return port.close();
    const overlay: Overlay = { port, isReady: false, page: undefined, target: undefined };
    const known = overlays.get(tabId);
    overlays.set(tabId, overlay);
    forget(known);
    /** A new document opens its port before the old one's is closed. */
    const isNewest = () => overlays.get(tabId) === overlay;

    function forget(gone: Overlay | undefined): void {
      if (tabId === undefined || gone === undefined) return;
      if (gone.page !== undefined) pageChanged(tabId, undefined);
      if (gone.target !== undefined) targetChanged(tabId, undefined);
    }

    port.onClosed(() => {
      if (!isNewest()) return;
      overlays.delete(tabId);
      forget(overlay);
      deps.closed(tabId);
    });
    port.onMessage((raw) => {
      const message = v.safeParse(fromOverlay, raw);
      if (!message.success || !isNewest()) return;
      switch (message.output.type) {
        case 'page':
          overlay.page = message.output.page;
          return pageChanged(tabId, overlay.page);
        case 'target':
          overlay.target = message.output.target;
          return targetChanged(tabId, overlay.target);
        case 'inserted':
          return deps.inserted(tabId, message.output.request, message.output.outcome);
        case 'paste-in-page': {
          const { request, text } = message.output;
          return void deps
            .pasteInPage(tabId, text)
            .catch(() => false)
            .then((done) => {
              if (isNewest()) tell(tabId, { type: 'overlay:pasted', request, done });
            });
        }
        case 'open-window':
          return deps.openWindow(tabId);
        case 'open-help':
          return deps.openHelp();
      }
    });
    void ready.then(() => {
      if (!isNewest()) return;
      overlay.isReady = true;
      tell(tabId, { type: 'overlay:words', words: deps.words() });
      tellLayout(tabId);
      if (framedTabs.has(tabId)) tell(tabId, { type: 'overlay:framed' });
    });
  }

  /** Before it is ready an overlay is told nothing: it hears all of it then. */
  function tell(tabId: number, message: ToOverlayPort): boolean {
    const overlay = overlays.get(tabId);
    if (overlay?.isReady !== true) return false;
    overlay.port.post(message);
    return true;
  }

  function tellLayout(tabId: number): void {
    const layout = layoutOf(tabId);
    if (layout === 'elsewhere') tell(tabId, { type: 'overlay:serve' });
    else if (layout !== undefined) tell(tabId, { type: 'overlay:layout', layout });
  }

  return {
    take,
    layoutChanged(tabId) {
      for (const id of tabId === undefined ? overlays.keys() : [tabId]) tellLayout(id);
    },
    framed(tabId) {
      framedTabs.add(tabId);
      tell(tabId, { type: 'overlay:framed' });
    },
    unframed: (tabId) => void framedTabs.delete(tabId),
    pageOf: (tabId) => overlays.get(tabId)?.page,
    originOf(tabId) {
      const overlay = overlays.get(tabId);
      return overlay === undefined ? undefined : URL.parse(overlay.port.senderUrl)?.origin;
    },
    targetOf: (tabId) => overlays.get(tabId)?.target,
    tabs: () => overlays.keys(),
    has: (tabId) => overlays.has(tabId),
    tell,
  };
}
