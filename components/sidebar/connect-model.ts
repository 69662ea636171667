/** Keeps a sidebar's model fed: opens the port to the background, and opens it again when the worker was ended. */
import * as v from 'valibot';
import type { Port } from '../../utils/browser/ports.ts';
import { type FromSidebar, type ToSidebar, toSidebar } from '../../utils/messaging/sidebar-port.ts';

const AGAIN_MS = 250;

export type ConnectDeps = {
  /** Throws where the extension was updated or removed under this page. */
  open(): Port;
  take(message: ToSidebar): void;
  setTimer(run: () => void, ms: number): unknown;
};

/** Returns the way back to the background; a message said while the port is closed is dropped. */
export function connectModel({ open, take, setTimer }: ConnectDeps): (message: FromSidebar) => void {
  let port: Port | undefined;

  function connect(): void {
    const opened = open();
    port = opened;
    opened.onMessage((raw) => {
      const message = v.safeParse(toSidebar, raw);
      if (message.success) take(message.output);
    });
    opened.onClosed(() => {
      port = undefined;
      setTimer(connect, AGAIN_MS);
    });
  }

  connect();
  return (message) => port?.post(message);
}
