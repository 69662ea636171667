/** Tells the background what is being read, so that it is found again. */
import { effect, type ReadonlySignal } from '@preact/signals';
import type { FromSidebar } from '../../utils/messaging/sidebar-port.ts';
import type { View } from '../../utils/messaging/surface.ts';

const TELL_AFTER_MS = 300;
/** The pill is painted before the overlay shrinks around it. */
const SHRINK_AFTER_MS = 50;

export type TellViewDeps = {
  view: ReadonlySignal<View>;
  /** Before everything is here, what is shown is nobody's choice yet. */
  complete: ReadonlySignal<boolean>;
  /** `false`: nobody heard it. */
  say(message: FromSidebar): boolean;
  setTimer(run: () => void, ms: number): unknown;
};

/**
 * Small steps are gathered; what was not heard is told again. The overlay grows before what is in it does. Returns
 * what tells at once, for a page that is about to go.
 */
export function tellView({ view, complete, say, setTimer }: TellViewDeps): () => void {
  let told: View | undefined;
  let waiting = false;

  function tell(): void {
    waiting = false;
    const current = view.peek();
    if (JSON.stringify(current) === JSON.stringify(told)) return;
    if (say({ type: 'view', view: current })) told = current;
    else tellLater();
  }

  function tellLater(): void {
    if (waiting) return;
    waiting = true;
    setTimer(tell, TELL_AFTER_MS);
  }

  effect(() => {
    const { collapsed } = view.value;
    if (!complete.value) return;
    const wasCollapsed = told?.collapsed ?? false;
    if (wasCollapsed && !collapsed) tell();
    else if (collapsed && !wasCollapsed) setTimer(tell, SHRINK_AFTER_MS);
    else tellLater();
  });

  return () => {
    if (complete.peek()) tell();
  };
}
