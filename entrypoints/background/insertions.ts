/** Insertions under way: from the sidebar that asked to the page that answers, or to the word that none did. */
import type { InsertOutcome } from '../../utils/messaging/insertion.ts';
import type { ToOverlayPort } from '../../utils/messaging/overlay-messages.ts';
import type { FromSidebar } from '../../utils/messaging/sidebar-port.ts';
import type { OpenSidebar } from './sidebar-hub.ts';

export type InsertionDeps = {
  /** `false` where no overlay's script listens in the tab. */
  tellOverlay(tabId: number, message: ToOverlayPort): boolean;
  setTimer(run: () => void, ms: number): unknown;
};

export type Insertions = {
  /** `tabId`: the page that the text goes into, where one is known. */
  insert(
    asked: Extract<FromSidebar, { type: 'insert' }>,
    sidebar: OpenSidebar,
    tabId: number | undefined,
  ): void;
  /** What the overlay in a tab answered. */
  answered(tabId: number, request: string, outcome: InsertOutcome): void;
};

/** An editor takes its text in a second; a page that hangs for longer may still take it, and nobody can tell. */
const ANSWER_WITHIN_MS = 10_000;

export function createInsertions({ tellOverlay, setTimer }: InsertionDeps): Insertions {
  /** By a number of our own: two sidebars may choose the same name for their requests. */
  const waiting = new Map<string, { tabId: number; answer(outcome: InsertOutcome): void }>();
  let count = 0;

  return {
    insert({ request, targetId, text, ownLine }, sidebar, tabId) {
      const answer = (outcome: InsertOutcome) => sidebar.tell({ type: 'inserted', request, outcome });
      count += 1;
      const own = String(count);
      if (
        tabId === undefined ||
        !tellOverlay(tabId, { type: 'overlay:insert', request: own, targetId, text, ownLine })
      ) {
        return answer('no-page');
      }
      waiting.set(own, { tabId, answer });
      setTimer(() => {
        if (waiting.delete(own)) answer('no-page');
      }, ANSWER_WITHIN_MS);
    },
    answered(tabId, request, outcome) {
      const known = waiting.get(request);
      if (known?.tabId !== tabId) return;
      waiting.delete(request);
      known.answer(outcome);
    },
  };
}
