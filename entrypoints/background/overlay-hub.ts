/** The ports of the overlays, by tab: where each is to lie, and what its page shows. */
import * as v from 'valibot';
import type { IncomingPort } from '../../utils/browser/ports.ts';
import {
  fromOverlay,
  type Layout,
  OVERLAY_PORT,
  type ToOverlayPort,
} from '../../utils/messaging/overlay-messages.ts';
import type { PageRecord } from '../../utils/messaging/surface.ts';

export type OverlayHubDeps = {
  /** Resolves once every tab's layout is known. */
  ready: Promise<void>;
  layoutOf(tabId: number): Layout;
  /** Called with every new record, and with `undefined` when the page is gone. */
  pageChanged(tabId: number, page: PageRecord | undefined): void;
  openWindow(tabId: number): void;
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
};

type Overlay = { port: IncomingPort; isReady: boolean; page: PageRecord | undefined };

export function createOverlayHub({ ready, layoutOf, pageChanged, openWindow }: OverlayHubDeps): OverlayHub {
  const overlays = new Map<number, Overlay>();
  const framedTabs = new Set<number>();

  function take(port: IncomingPort): void {
    const { tabId } = port;
    if (port.name !== OVERLAY_PORT || port.senderIsOurPage || tabId === undefined) return port.close();
    const overlay: Overlay = { port, isReady: false, page: undefined };
    const known = overlays.get(tabId);
    overlays.set(tabId, overlay);
    if (known?.page !== undefined) pageChanged(tabId, undefined);
    /** A new document opens its port before the old one's is closed. */
    const isNewest = () => overlays.get(tabId) === overlay;

    port.onClosed(() => {
      if (!isNewest()) return;
      overlays.delete(tabId);
      if (overlay.page !== undefined) pageChanged(tabId, undefined);
    });
    port.onMessage((raw) => {
      const message = v.safeParse(fromOverlay, raw);
      if (!message.success || !isNewest()) return;
      switch (message.output.type) {
        case 'page':
          overlay.page = message.output.page;
          return pageChanged(tabId, overlay.page);
        case 'open-window':
          return openWindow(tabId);
      }
    });
    void ready.then(() => {
      if (!isNewest()) return;
      overlay.isReady = true;
      tell(tabId, { type: 'overlay:layout', layout: layoutOf(tabId) });
      if (framedTabs.has(tabId)) tell(tabId, { type: 'overlay:framed' });
    });
  }

  /** Before it is ready an overlay is told nothing: it hears all of it then. */
  function tell(tabId: number, message: ToOverlayPort): void {
    const overlay = overlays.get(tabId);
    if (overlay?.isReady === true) overlay.port.post(message);
  }

  return {
    take,
    layoutChanged(tabId) {
      for (const id of tabId === undefined ? overlays.keys() : [tabId]) {
        tell(id, { type: 'overlay:layout', layout: layoutOf(id) });
      }
    },
    framed(tabId) {
      framedTabs.add(tabId);
      tell(tabId, { type: 'overlay:framed' });
    },
    unframed: (tabId) => void framedTabs.delete(tabId),
    pageOf: (tabId) => overlays.get(tabId)?.page,
  };
}
