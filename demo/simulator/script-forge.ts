/** The door of the miniature Script Forge: HTTP, the check before the 101, and one run of the script a connection. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Peer } from 'crossws';
import nodeAdapter from 'crossws/adapters/node';
import type { Access } from './access.ts';
import type { AppLoader } from './app-loader.ts';
import { type AppRun, type RunSocket, startAppRun } from './app-run.ts';
import type { Bus } from './bus.ts';

export type ScriptForge = {
  port: number;
  /** One frame to every open connection, past the script. */
  sendRaw(frame: string | Uint8Array): void;
  /** Cuts every connection without a closing frame, as a lost network does. */
  dropAll(): void;
  connections(): number;
  /** Closes every connection (1001) and the server. */
  stop(): Promise<void>;
};

export type ScriptForgeParts = {
  /** Of 127.0.0.1; 0 picks a free one. */
  port: number;
  script: string;
  access: Access;
  loader: AppLoader;
  bus: Bus;
  /** Called when the first connection's run has begun. */
  onFirstRun(): void;
  log(line: string): void;
};

const CLOSE_PATIENCE_MS = 500;
const MAX_CLIENT_FRAME_BYTES = 1024 * 1024;

/** Listens on 127.0.0.1. Rejects with the error of `listen`, such as `EADDRINUSE`. */
export async function startScriptForge(parts: ScriptForgeParts): Promise<ScriptForge> {
  const path = `/api/cp/scriptforge/${parts.script}`;
  const open = new Map<Peer, AppRun>();
  let hasRun = false;

  const sockets = nodeAdapter({
    // The platform documents no ping: a connection lives until one end closes it.
    idleTimeout: 0,
    serverOptions: { maxPayload: MAX_CLIENT_FRAME_BYTES },
    hooks: {
      upgrade(request) {
        if (new URL(request.url).pathname !== path) return answer(404, 'there is no such script here');
        if (!parts.access.admits(request.headers.get('authorization'))) {
          return answer(401, 'the access token is missing, wrong or expired');
        }
        return undefined;
      },
      open(peer) {
        const run = startAppRun(parts.loader, parts.bus, toRunSocket(peer), parts.log);
        open.set(peer, run);
        if (!hasRun) void run.started.then(parts.onFirstRun);
        hasRun = true;
      },
      message(peer, message) {
        if (typeof message.rawData === 'string') open.get(peer)?.receive(message.rawData);
      },
      close(peer) {
        open.get(peer)?.end();
        open.delete(peer);
      },
    },
  });

  const server = createServer((request, response) => {
    const isOurs = new URL(request.url ?? '/', 'http://localhost').pathname === path;
    const [status, error] = isOurs
      ? [426, 'connect with a WebSocket']
      : [404, 'there is no such script here'];
    response.writeHead(status, { 'content-type': 'application/json', upgrade: 'websocket' });
    response.end(JSON.stringify({ error }));
  });
  server.on('upgrade', (request, socket, head) => {
    // Without a listener, a client that resets the connection during the upgrade would end the process.
    socket.on('error', () => socket.destroy());
    void sockets.handleUpgrade(request, socket, head);
  });
  server.listen(parts.port, '127.0.0.1');
  await once(server, 'listening');

  return {
    port: (server.address() as AddressInfo).port,
    sendRaw(frame) {
      for (const peer of open.keys()) peer.send(frame);
    },
    dropAll() {
      for (const peer of open.keys()) peer.terminate();
    },
    connections: () => open.size,
    async stop() {
      const closed = once(server, 'close');
      server.close();
      sockets.closeAll(1001, 'the simulator stops');
      const timer = setTimeout(() => {
        sockets.closeAll(1001, undefined, true);
        server.closeAllConnections();
      }, CLOSE_PATIENCE_MS);
      await closed;
      clearTimeout(timer);
    },
  };
}

function toRunSocket(peer: Peer): RunSocket {
  return {
    send: (frame) => void peer.send(frame),
    close: (code, reason) => peer.close(code, reason),
  };
}

function answer(status: number, error: string): Response {
  return Response.json({ error }, { status });
}
