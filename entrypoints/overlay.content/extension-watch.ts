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

const AGAIN_MS = 1_000;

/** Watches until `gone` was called or the returned function is. */
export function watchExtension({ open, isAlive, setTimer, gone }: WatchDeps): () => void {
  let stopped = false;
  let port: Port | undefined;

  function watch(): void {
    if (stopped) return;
    if (!isAlive()) return end();
    try {
      port = open();
    } catch {
      return end();
    }
    port.onClosed(() => {
      if (!stopped && !isAlive()) end();
      else setTimer(watch, AGAIN_MS);
    });
  }

  function end(): void {
    stopped = true;
    gone();
  }

  watch();
  return () => {
    stopped = true;
    port?.close();
  };
}
