/**
 * Keeps a sidebar's model fed: opens the port to the background, opens it again when the worker was ended or the page
 * came back from the browser's cache, and asks for everything anew where a message is missing.
 */
import * as v from 'valibot';
import type { Port } from '../../utils/browser/ports.ts';
import { type FromSidebar, numbered, type ToSidebar } from '../../utils/messaging/sidebar-port.ts';

const AGAIN_MS = 250;

export type ConnectDeps = {
  /** Throws where the extension was updated or removed under this page. */
  open(): Port;
  take(message: ToSidebar): void;
  /** The extension is gone: nothing will come any more. */
  gone(): void;
  setTimer(run: () => void, ms: number): unknown;
};

export type ModelConnection = {
  /** Says something to the background; `false`: the port is closed, and nobody heard it. */
  say(message: FromSidebar): boolean;
  /** Opens a new port: the old one may have been closed without a word. */
  renew(): void;
};

export function connectModel({ open, take, gone, setTimer }: ConnectDeps): ModelConnection {
  let port: Port | undefined;

  function connect(): void {
    let opened: Port;
    try {
      opened = open();
    } catch {
      return gone();
    }
    port = opened;
    let last = 0;
    opened.onMessage((raw) => {
      if (port !== opened) return;
      const received = v.safeParse(numbered, raw);
      if (!received.success) return;
      const { n, message } = received.output;
      const isNext = n === last + 1;
      last = n;
      // `reset` begins anew, whatever was missed before it.
      if (isNext || message.type === 'reset') take(message);
      else opened.post({ type: 'again' } satisfies FromSidebar);
    });
    opened.onClosed(() => {
      if (port !== opened) return;
      port = undefined;
      setTimer(() => {
        if (port === undefined) connect();
      }, AGAIN_MS);
    });
  }

  connect();
  return {
    say(message) {
      port?.post(message);
      return port !== undefined;
    },
    renew() {
      const old = port;
      port = undefined;
      old?.close();
      connect();
    },
  };
}
