/** The ports of open sidebars: who may have one, what goes down it, and what an agent's click sends up. */
import * as v from 'valibot';
import type { IncomingPort } from '../../utils/browser/ports.ts';
import { type FromSidebar, fromSidebar, SIDEBAR_PORT } from '../../utils/messaging/sidebar-port.ts';
import type { CallStore } from './call-store.ts';

export type HubDeps = {
  store: CallStore;
  /** Resolves once it is known which tabs have a sidebar. */
  ready: Promise<void>;
  isOn(tabId: number): boolean;
  act(message: FromSidebar, tabId: number): void;
};

/** Takes a port, or closes it where it is not a sidebar of ours in a tab that has one. */
export function takePort(port: IncomingPort, { store, ready, isOn, act }: HubDeps): void {
  const { tabId } = port;
  if (port.name !== SIDEBAR_PORT || !port.senderIsOurPage || tabId === undefined) return port.close();
  let open = true;
  let unsubscribe = () => {};
  port.onClosed(() => {
    open = false;
    unsubscribe();
  });
  port.onMessage((raw) => {
    const message = v.safeParse(fromSidebar, raw);
    if (message.success && isOn(tabId)) act(message.output, tabId);
  });
  void ready.then(() => {
    if (!open) return;
    if (!isOn(tabId)) return port.close();
    unsubscribe = store.subscribe((message) => port.post(message));
  });
}
