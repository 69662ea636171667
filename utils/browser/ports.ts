/** Ports between the background and the sidebar, as one small interface on both ends. */
import type { Runtime } from 'webextension-polyfill';
import { native } from './native.ts';

export type Port = {
  post(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  onClosed(listener: () => void): void;
  close(): void;
};

/** A port somebody opened to the background, with who it says it is. */
export type IncomingPort = Port & {
  name: string;
  senderIsOurPage: boolean;
  senderUrl: string;
  /** The sender stands in a frame of some page. */
  isFramed: boolean;
  tabId: number | undefined;
};

/** Calls back for every port opened by this extension's own pages and content scripts. */
export function onPort(listener: (port: IncomingPort) => void): void {
  const ownOrigin = new URL(native.runtime.getURL('/')).origin;
  native.runtime.onConnect.addListener((port) => {
    listener({
      ...wrap(port),
      name: port.name,
      senderIsOurPage: port.sender?.id === native.runtime.id && originOf(port.sender?.url) === ownOrigin,
      senderUrl: port.sender?.url ?? '',
      isFramed: (port.sender?.frameId ?? 0) !== 0,
      tabId: port.sender?.tab?.id,
    });
  });
}

/** Throws where the extension was updated or removed under this page. */
export function connectPort(name: string): Port {
  return wrap(native.runtime.connect({ name }));
}

function originOf(url: string | undefined): string | undefined {
  return url === undefined ? undefined : URL.parse(url)?.origin;
}

function wrap(port: Runtime.Port): Port {
  return {
    post: (message) => port.postMessage(message),
    onMessage: (listener) => port.onMessage.addListener((message: unknown) => listener(message)),
    onClosed: (listener) => port.onDisconnect.addListener(() => listener()),
    close: () => port.disconnect(),
  };
}
