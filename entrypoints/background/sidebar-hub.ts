/** The ports of open sidebars: who may have one, what goes down it, and what an agent's click sends up. */
import * as v from 'valibot';
import type { IncomingPort } from '../../utils/browser/ports.ts';
import {
  type FromSidebar,
  fromSidebar,
  type Numbered,
  type ToSidebar,
} from '../../utils/messaging/sidebar-port.ts';
import type { Surface, View } from '../../utils/messaging/surface.ts';
import type { Subscription } from './call-store.ts';
import type { RelayRoom } from './relay-room.ts';

/** A sidebar as the rest of the background knows it. */
export type OpenSidebar = {
  surface: Surface;
  /** The tab it stands in; a panel stands in none. */
  tabId: number | undefined;
  tell(message: ToSidebar): void;
};

export type ShownRoom = Pick<RelayRoom, 'id' | 'store'> & { notes: Pick<RelayRoom['notes'], 'notes'> };

export type HubDeps = {
  /** The room whose calls this sidebar shows. */
  roomOf(sidebar: OpenSidebar): ShownRoom | undefined;
  /** All there are, as they are called. */
  relays(): { id: string; name: string }[];
  /** Resolves once it is known which tabs have a sidebar, and every room is there. */
  ready: Promise<void>;
  surfaceOf(url: string): Surface;
  isOn(tabId: number): boolean;
  viewOf(sidebar: OpenSidebar): View | undefined;
  /** A sidebar has been told of every call there is, or is gone. */
  opened(sidebar: OpenSidebar): void;
  closed(sidebar: OpenSidebar): void;
  act(message: Exclude<FromSidebar, { type: 'again' | 'more' }>, sidebar: OpenSidebar): void;
};

export type SidebarHub = {
  /** Takes a port, or closes it where it is not a sidebar of ours in a place that has one. */
  take(port: IncomingPort): void;
  /** Those that are open, the one opened last at the end. */
  sidebars(): readonly OpenSidebar[];
  /** The relays may be others, or shown elsewhere: a sidebar whose room is another one now is sent everything anew. */
  relaysChanged(): void;
};

export function createSidebarHub(deps: HubDeps): SidebarHub {
  const sidebars = new Map<OpenSidebar, () => void>();

  function take(port: IncomingPort): void {
    const { tabId } = port;
    const surface = deps.surfaceOf(port.senderUrl);
    if (!port.senderIsOurPage || !belongs(surface, port)) return port.close();
    /** A frame that outlives its toggle hears and says nothing more. */
    const mayStay = () => surface !== 'overlay' || (tabId !== undefined && deps.isOn(tabId));
    let open = true;
    let subscription: Subscription | undefined;
    let n = 0;
    let room: ShownRoom | undefined;
    let lastRelays = '';
    const sidebar: OpenSidebar = {
      surface,
      tabId,
      tell(message) {
        if (!open || !mayStay()) return;
        n += 1;
        port.post({ n, message } satisfies Numbered);
      },
    };

    function tellRelays(current: string): void {
      const message: ToSidebar = { type: 'relays', relays: deps.relays(), current };
      if (JSON.stringify(message) === lastRelays) return;
      lastRelays = JSON.stringify(message);
      sidebar.tell(message);
    }

    function subscribe(next: ShownRoom): void {
      subscription?.close();
      room = next;
      tellRelays(next.id);
      const view = deps.viewOf(sidebar);
      const tell = (message: ToSidebar) => {
        const notes = message.type === 'complete' ? [...next.notes.notes()] : [];
        if (notes.length > 0) sidebar.tell({ type: 'notes', notes });
        sidebar.tell(message.type === 'reset' ? { ...message, view } : message);
      };
      subscription = next.store.open(tell, { callId: view?.callId, index: view?.anchor?.index });
    }

    function relaysChanged(): void {
      const next = deps.roomOf(sidebar);
      if (next === undefined) return;
      if (next === room) tellRelays(next.id);
      else subscribe(next);
    }

    port.onClosed(() => {
      open = false;
      subscription?.close();
      if (sidebars.delete(sidebar)) deps.closed(sidebar);
    });
    port.onMessage((raw) => {
      const message = v.safeParse(fromSidebar, raw);
      if (!message.success || !open || !mayStay()) return;
      if (message.output.type === 'more') return subscription?.more(message.output);
      if (message.output.type !== 'again') return deps.act(message.output, sidebar);
      if (room === undefined) return;
      lastRelays = '';
      subscribe(room);
      deps.opened(sidebar);
    });
    void deps.ready.then(() => {
      if (!open) return;
      if (!mayStay()) return port.close();
      relaysChanged();
      sidebars.set(sidebar, relaysChanged);
      deps.opened(sidebar);
    });
  }

  return {
    take,
    sidebars: () => [...sidebars.keys()],
    relaysChanged() {
      for (const relaysChanged of sidebars.values()) relaysChanged();
    },
  };
}

/** A panel stands in no tab, a window alone in its own: neither is ever a frame in somebody's page. */
function belongs(surface: Surface, { tabId, isFramed }: IncomingPort): boolean {
  switch (surface) {
    case 'overlay':
      return tabId !== undefined;
    case 'panel':
      return tabId === undefined && !isFramed;
    case 'window':
      return !isFramed;
  }
}
