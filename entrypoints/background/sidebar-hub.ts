/** The ports of open sidebars: who may have one, what goes down it, and what an agent's click sends up. */
import * as v from 'valibot';
import type { IncomingPort } from '../../utils/browser/ports.ts';
import { OVERLAY_PORT } from '../../utils/messaging/overlay-messages.ts';
import {
  type FromSidebar,
  fromSidebar,
  type Numbered,
  SIDEBAR_PORT,
} from '../../utils/messaging/sidebar-port.ts';
import type { CallStore } from './call-store.ts';

export type HubDeps = {
  store: CallStore;
  /** Resolves once it is known which tabs have a sidebar. */
  ready: Promise<void>;
  isOn(tabId: number): boolean;
  act(message: Exclude<FromSidebar, { type: 'again' }>, tabId: number): void;
};

/** Takes a port, or closes it where it is not a sidebar of ours in a tab that has one. */
export function takePort(port: IncomingPort, { store, ready, isOn, act }: HubDeps): void {
  const { tabId } = port;
  if (port.name === OVERLAY_PORT) return;
  if (port.name !== SIDEBAR_PORT || !port.senderIsOurPage || tabId === undefined) return port.close();
  let open = true;
  let unsubscribe: (() => void) | undefined;
  let n = 0;

  const subscribe = (): void => {
    unsubscribe?.();
    unsubscribe = store.subscribe((message) => {
      // A frame that outlives its toggle hears nothing more.
      if (!isOn(tabId)) return;
      n += 1;
      port.post({ n, message } satisfies Numbered);
    });
  };

  port.onClosed(() => {
    open = false;
    unsubscribe?.();
  });
  port.onMessage((raw) => {
    const message = v.safeParse(fromSidebar, raw);
    if (!message.success || !open || !isOn(tabId)) return;
    if (message.output.type !== 'again') return act(message.output, tabId);
    if (unsubscribe !== undefined) subscribe();
  });
  void ready.then(() => {
    if (!open) return;
    if (!isOn(tabId)) return port.close();
    subscribe();
  });
}
