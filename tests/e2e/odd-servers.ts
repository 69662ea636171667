/** What else may stand at a relay's address: other servers, proxies, and relays of another time. */
import { request as ask, createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import nodeAdapter from 'crossws/adapters/node';
import { SESSION_PATH } from '../../utils/protocol/session.ts';

export type OddServer = { url: string; stop(): Promise<void> };

type Peer = { send(text: string): unknown; close(code: number): void };

/** Answers every request the same, to every origin or to its own alone. */
export function startAnswering(status: number, body: string, isOpen: boolean): Promise<OddServer> {
  return listen(
    createServer((_request, response) => {
      if (isOpen) response.setHeader('access-control-allow-origin', '*');
      if (isOpen) response.setHeader('access-control-allow-headers', 'authorization');
      response.writeHead(status).end(body);
    }),
  );
}

/** Passes requests on to `target` and drops what asks for an upgrade, as a proxy does that knows no WebSockets. */
export function startUpgradeEater(target: string): Promise<OddServer> {
  return listen(
    createServer((request, response) => {
      const { upgrade: _upgrade, connection: _connection, ...headers } = request.headers;
      const asked = ask(
        new URL(request.url ?? '/', target),
        { method: request.method, headers },
        (answer) => {
          response.writeHead(answer.statusCode ?? 502, answer.headers);
          answer.pipe(response);
        },
      );
      request.pipe(asked);
    }),
  );
}

/** An Earshot relay as far as its session goes, and whatever `open` does with a connection. */
export function startOddRelay(open: (peer: Peer) => void): Promise<OddServer> {
  return startSockets('earshot.v1', open, (request, response) => {
    response.setHeader('access-control-allow-origin', '*');
    response.setHeader('access-control-allow-headers', 'authorization');
    const isSession = request.url === SESSION_PATH;
    response.end(isSession ? '{"agent":"Alice","calls":"all","upstream":"up"}' : '{"ok":true}');
  });
}

/** A proxy that passes the platform's frames on: these, to whoever connects. */
export function startPlainProxy(frames: readonly string[]): Promise<OddServer> {
  const open = (peer: Peer) => frames.forEach((frame) => void peer.send(frame));
  return startSockets('earshot.plain', open, (_request, response) => void response.writeHead(404).end());
}

function startSockets(
  protocol: string,
  open: (peer: Peer) => void,
  answer: RequestListener,
): Promise<OddServer> {
  const adapter = nodeAdapter({
    hooks: {
      upgrade: (request) =>
        request.headers.get('sec-websocket-protocol')?.includes(protocol) ? { protocol } : {},
      open: (peer) => open({ send: (text) => peer.send(text), close: (code) => peer.close(code) }),
    },
  });
  const server = createServer(answer);
  server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => socket.destroy());
    void adapter.handleUpgrade(request, socket, head);
  });
  return listen(server);
}

async function listen(server: Server): Promise<OddServer> {
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}
