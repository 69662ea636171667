/** What a sidebar asks for, carried out: the way back from the agent's hand to everything else. */
import type { HelpTopic } from '../../utils/help/topics.ts';
import type { FromSidebar } from '../../utils/messaging/sidebar-port.ts';
import type { Surface, View } from '../../utils/messaging/surface.ts';
import type { Note } from '../../utils/transcript/note.ts';
import type { OpenSidebar } from './sidebar-hub.ts';
import { tabPlace, type Views } from './views.ts';

export type ActionDeps = {
  views: Views;
  closeTab(tabId: number): Promise<void>;
  /** Turns the overlay on in a tab; `false` where it could not be. */
  openTab(tabId: number): Promise<boolean>;
  lastActiveTab(): Promise<number | undefined>;
  /** Opens the window, or brings the one there is to the front. */
  openWindow(): Promise<void>;
  /** The settings page, at the part with this id. */
  openOptions(section: string | undefined): Promise<void>;
  openHelp(topic: HelpTopic): Promise<void>;
  /** Another relay is to be shown where this sidebar is. */
  chooseRelay(relayId: string, sidebar: OpenSidebar): void;
  /** The sidebar opens on this site by itself from now on, or no longer. */
  always(origin: string, always: boolean): Promise<void>;
  retry(sidebar: OpenSidebar): void;
  /** The overlay in this tab is being dragged to this width. */
  resize(tabId: number, width: number): void;
  /** The overlay in this tab lies otherwise than before. */
  layoutChanged(tabId: number): void;
  seen(): void;
  insert(message: Extract<FromSidebar, { type: 'insert' }>, sidebar: OpenSidebar): void;
  /** A note as this sidebar has changed it. */
  note(note: Note, sidebar: OpenSidebar): void;
};

/** Where the view of a sidebar is kept. */
export function placeOf({ surface, tabId }: OpenSidebar): string {
  return surface === 'overlay' && tabId !== undefined ? tabPlace(tabId) : surface;
}

/** The tab an overlay lies in; a window stands in a tab too, and has none. */
function overlayTab({ surface, tabId }: OpenSidebar): number | undefined {
  return surface === 'overlay' ? tabId : undefined;
}

export function createAgentActions(deps: ActionDeps) {
  /** `false`: the calls are not shown there, and the sidebar stays where it is. */
  async function move(to: Surface, view: View): Promise<boolean> {
    const moved = { ...view, collapsed: false };
    switch (to) {
      case 'panel':
        // The browser opens it only for the click itself, so the sidebar has done that; here it finds its place.
        deps.views.put(to, moved);
        return true;
      case 'window':
        deps.views.put(to, moved);
        await deps.openWindow();
        return true;
      case 'overlay': {
        const tabId = await deps.lastActiveTab();
        if (tabId === undefined) return false;
        deps.views.put(tabPlace(tabId), moved);
        return deps.openTab(tabId);
      }
    }
  }

  function act(message: Exclude<FromSidebar, { type: 'again' | 'more' }>, sidebar: OpenSidebar): void {
    const tabId = overlayTab(sidebar);
    switch (message.type) {
      case 'close':
        if (tabId !== undefined) void deps.closeTab(tabId);
        return;
      case 'open-options':
        return void deps.openOptions(message.section);
      case 'open-help':
        return void deps.openHelp(message.topic);
      case 'choose-relay':
        return deps.chooseRelay(message.relayId, sidebar);
      case 'always':
        return void deps.always(message.origin, message.always);
      case 'retry':
        return deps.retry(sidebar);
      case 'view': {
        const place = placeOf(sidebar);
        const wasCollapsed = deps.views.get(place)?.collapsed ?? false;
        deps.views.put(place, message.view);
        if (tabId !== undefined && wasCollapsed !== message.view.collapsed) deps.layoutChanged(tabId);
        return;
      }
      case 'resize':
        if (tabId !== undefined) deps.resize(tabId, message.width);
        return;
      case 'move':
        return void move(message.to, message.view).then(
          (done) => sidebar.tell({ type: 'moved', done }),
          () => sidebar.tell({ type: 'moved', done: false }),
        );
      case 'seen':
        return deps.seen();
      case 'insert':
        return deps.insert(message, sidebar);
      case 'note':
        return deps.note(message.note, sidebar);
    }
  }

  /** The agent asked for the panel from the icon's menu: it goes on where this tab's overlay was, which stays if it fails. */
  async function moveToPanel(tabId: number, opened: Promise<void>): Promise<void> {
    const view = deps.views.get(tabPlace(tabId));
    if (view !== undefined) deps.views.put('panel', { ...view, collapsed: false });
    await opened.then(
      () => deps.closeTab(tabId),
      () => {},
    );
  }

  return { act, moveToPanel };
}
