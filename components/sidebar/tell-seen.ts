/** Tells the background that what came is before the agent's eyes, so that the icon need not call for them. */
import type { FromSidebar } from '../../utils/messaging/sidebar-port.ts';

const TELL_AFTER_MS = 1_000;

export type TellSeenDeps = {
  say(message: FromSidebar): void;
  /** The tab is in front, and the sidebar is no pill. */
  isLooking(): boolean;
  setTimer(run: () => void, ms: number): unknown;
};

/** Returns what to call when something came, or when the agent may have begun to look. */
export function createTellSeen({ say, isLooking, setTimer }: TellSeenDeps): () => void {
  let waiting = false;
  return () => {
    if (waiting || !isLooking()) return;
    waiting = true;
    setTimer(() => {
      waiting = false;
      if (isLooking()) say({ type: 'seen' });
    }, TELL_AFTER_MS);
  };
}
