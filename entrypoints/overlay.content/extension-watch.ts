/** Tells a worker that was ended, which comes back, from an extension that was updated or removed, which does not. */
import type { Port } from '../../utils/browser/ports.ts';

export type WatchDeps = {
  /** Throws where the extension is gone. */
  open(): Port;
  isAlive(): boolean;
  setTimer(run: () => void, ms: number): unknown;
  /** Called once. */
  gone(): void;
};

export type ExtensionWatch = {
  /** The port may have been closed without a word, as a page in the browser's cache loses it. */
  renew(): void;
  stop(): void;
};

const AGAIN_MS = 1_000;

/** Watches until `gone` was called or it is stopped. */
export function watchExtension({ open, isAlive, setTimer, gone }: WatchDeps): ExtensionWatch {
  let stopped = false;
  let port: Port | undefined;

  function watch(): void {
    if (stopped) return;
    if (!isAlive()) return end();
    try {
      const opened = open();
      port = opened;
      opened.onClosed(() => {
        if (port !== opened) return;
        if (!stopped && !isAlive()) end();
        else setTimer(watch, AGAIN_MS);
      });
    } catch {
      end();
    }
  }

  function end(): void {
    stopped = true;
    gone();
  }

  watch();
  return {
    renew() {
      const old = port;
      port = undefined;
      old?.close();
      watch();
    },
    stop() {
      stopped = true;
      port?.close();
    },
  };
}
