/**
 * A line of the settings page to the background. Whoever asks has one of their own, and with it their own relay to
 * watch. It is opened again when the background was ended, which wakes it: close it when nothing more is asked.
 */
import * as v from 'valibot';
import type { Port } from '../../utils/browser/ports.ts';
import { type FromOptions, type ToOptions, toOptions } from '../../utils/messaging/options-port.ts';

const AGAIN_MS = 250;

export type Line = {
  /** What is said while the background is away is not heard, save which relay to watch: that is said again. */
  say(message: FromOptions): void;
  close(): void;
};

export type OpenLine = (take: (message: ToOptions) => void) => Line;

export type LineDeps = {
  /** Throws where the extension was updated or removed under this page. */
  connect(): Port;
  setTimer(run: () => void, ms: number): unknown;
};

export function createOpenLine({ connect, setTimer }: LineDeps): OpenLine {
  return (take) => {
    let port: Port | undefined;
    let isWanted = true;
    let watch: FromOptions | undefined;

    function open(): void {
      const opened = connectOrNot();
      if (opened === undefined) return;
      port = opened;
      opened.onMessage((raw) => {
        const received = v.safeParse(toOptions, raw);
        if (isWanted && received.success) take(received.output);
      });
      opened.onClosed(() => {
        port = undefined;
        setTimer(() => {
          if (isWanted && port === undefined) open();
        }, AGAIN_MS);
      });
      if (watch !== undefined) opened.post(watch);
    }

    /** Without an extension there is nothing left to ask: the page itself is about to go. */
    function connectOrNot(): Port | undefined {
      try {
        return connect();
      } catch {
        return undefined;
      }
    }

    open();
    return {
      say(message) {
        if (message.type === 'watch') watch = message;
        port?.post(message);
      },
      close() {
        isWanted = false;
        port?.close();
        port = undefined;
      },
    };
  };
}
