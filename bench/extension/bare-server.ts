/** Beside the relay: frames for anybody who opens a path, the sender's clock for who asks, and an empty page. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import nodeAdapter from 'crossws/adapters/node';

export type BareServer = { url: string; say(path: string, text: string): void };

/** The WebSocket of a path of the bare server. */
export function socketUrl(bareUrl: string, path: string): string {
  return new URL(path, bareUrl).href.replace(/^http/, 'ws');
}

export async function startBareServer(nowUs: () => number): Promise<BareServer> {
  const listeners = new Map<string, { path: string; send(text: string): unknown }>();
  const adapter = nodeAdapter({
    hooks: {
      open(peer) {
        const { pathname } = new URL(peer.request.url);
        listeners.set(peer.id, { path: pathname, send: (text) => peer.send(text) });
      },
      message: (peer) => void peer.send(String(nowUs())),
      close: (peer) => void listeners.delete(peer.id),
    },
  });
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.end('<!doctype html><title>Bare</title>');
  });
  server.on('upgrade', (request, socket, head) => void adapter.handleUpgrade(request, socket, head));
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    say(path, text) {
      for (const listener of listeners.values()) if (listener.path === path) listener.send(text);
    },
  };
}
