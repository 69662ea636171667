/** The overlay's end of its port, which closes with every death of the worker and is opened anew. */
import type { Port } from '../../utils/browser/ports.ts';
import type { FromOverlay, ToOverlayPort } from '../../utils/messaging/overlay-messages.ts';
import { readToOverlayPort } from './read-message.ts';

export type BackgroundLink = {
  /** Talks over this port from now on. */
  use(port: Port): void;
  /** Posts it now, or over the next port where there is none. */
  post(message: FromOverlay): void;
};

export function createBackgroundLink(take: (message: ToOverlayPort) => void): BackgroundLink {
  let current: Port | undefined;
  let page: FromOverlay | undefined;
  let target: FromOverlay | undefined;
  let waiting: FromOverlay | undefined;

  function post(message: FromOverlay): void {
    if (message.type === 'page') page = message;
    else if (message.type === 'target') target = message;
    else if (current === undefined) waiting = message;
    current?.post(message);
  }

  return {
    post,
    use(port) {
      current = port;
      port.onClosed(() => {
        if (current === port) current = undefined;
      });
      port.onMessage((raw) => {
        const message = readToOverlayPort(raw);
        if (message !== undefined && current === port) take(message);
      });
      // A worker that has just started knows nothing of the page.
      for (const message of [page, target, waiting]) {
        if (message !== undefined) port.post(message);
      }
      waiting = undefined;
    },
  };
}
