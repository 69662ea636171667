/**
 * One run of the App+ script: it begins with a connection and ends with it. Where the guide says nothing, we guess:
 * `main` gets an empty `data` and the functions of `cxWebSocket` as `ws`; `publish` takes topic, key and message as
 * `subscribe` does; nothing can be sent after the end, and trying is no error.
 */
import type { AppLoader } from './app-loader.ts';
import type { Bus, Subscriber, Subscription } from './bus.ts';

export type RunSocket = {
  send(frame: string | Uint8Array): void;
  close(code: number, reason: string): void;
};

export type AppRun = {
  /** Passes a text frame of the client to `onData`; frames that come while the script loads wait for it. */
  receive(text: string): void;
  /** The connection is gone: ends all subscriptions and resolves `waitForClose()`. */
  end(): void;
  /** Resolves when `main` has been called and has come to its first `await`, or cannot be called. */
  started: Promise<void>;
};

/** Begins a run. `log` gets one line for everything that goes wrong in the script; the socket is closed with it. */
export function startAppRun(
  loader: AppLoader,
  bus: Bus,
  socket: RunSocket,
  log: (line: string) => void,
): AppRun {
  const subscriptions = new Set<Subscription>();
  const closed = Promise.withResolvers<void>();
  let hasEnded = false;

  const cxPubSub = {
    publish: (topic: string, key: string, message: unknown) => bus.publish(topic, key, message),
    subscribe(topic: string, key: string, subscriber: Subscriber): Subscription {
      const subscription = bus.subscribe(topic, key, subscriber);
      if (hasEnded) subscription.unsubscribe();
      else subscriptions.add(subscription);
      return subscription;
    },
  };
  const cxWebSocket = {
    send(message: unknown) {
      if (!hasEnded) socket.send(toFrame(message));
    },
    waitForClose: () => closed.promise,
  };

  const loading = loader.load({ cxPubSub, cxWebSocket });
  const started = loading.then(
    (app) => {
      Promise.try(() => app.main({}, cxWebSocket)).then(
        () => socket.close(1000, 'the script has ended'),
        (error: unknown) => {
          log(`the script's main failed: ${oneLine(error)}`);
          socket.close(1011, 'the script failed');
        },
      );
    },
    (error: unknown) => {
      log(`the script could not be loaded: ${oneLine(error)}`);
      socket.close(1011, 'the script could not be loaded');
    },
  );

  return {
    receive(text) {
      started
        .then(() => loading)
        .then((app) => app.onData?.(text))
        .catch((error: unknown) => log(`the script's onData failed: ${oneLine(error)}`));
    },
    end() {
      hasEnded = true;
      for (const subscription of subscriptions) subscription.unsubscribe();
      subscriptions.clear();
      closed.resolve();
    },
    started,
  };
}

/** A string goes out as it is, bytes as a binary frame, anything else as JSON. */
function toFrame(message: unknown): string | Uint8Array {
  if (typeof message === 'string' || message instanceof Uint8Array) return message;
  return JSON.stringify(message) ?? '';
}

/** An error's message without its stack, in one line. */
export function oneLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).replaceAll(/\s+/g, ' ');
}
