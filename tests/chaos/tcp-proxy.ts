/** A TCP proxy that can be cut, stalled and closed, between two ends that know nothing of it. */
import { once } from 'node:events';
import { type AddressInfo, createServer, connect as dial, type Socket } from 'node:net';
import { createFrameScanner } from './frame-scanner.ts';
import { waitUntil } from './patience.ts';

export type ProxyHooks = {
  /** A WebSocket stands: the server's 101 has gone through. */
  onUpgraded?(connection: number): void;
  onClosed?(connection: number): void;
  /** Bytes of a WebSocket that has stood for a while went from the server to the client: a younger one catches up. */
  onForwarded?(): void;
};

export type TcpProxy = {
  port: number;
  /** WebSockets that stand at present. */
  open(): number;
  /** Forwards half of the next frame from the server, then destroys both ends; whether one came within `ms`. */
  cutInsideNextFrame(ms: number): Promise<boolean>;
  /** Ends every connection with a TCP reset. */
  reset(): void;
  /** Nothing moves, nothing is closed; new connections are accepted and wait too. */
  stall(): void;
  flow(): void;
  /** What the client of the next WebSocket says after the 101 waits until `flow`; what the server says goes through. */
  holdBackNextClient(): void;
  /** Cuts every connection and each new one, until `unblock`. */
  block(): void;
  unblock(): void;
  stop(): Promise<void>;
};

type Link = { client: Socket; server: Socket; isUpgraded(): boolean; destroy(): void };

const HOST = '127.0.0.1';
/** By then what was missed is through; until then, who is there may still lack it. */
const CATCHING_UP_MS = 2_000;

/** Listens on a free port and passes everything on to `targetPort`. */
export async function startTcpProxy(targetPort: number, hooks: ProxyHooks): Promise<TcpProxy> {
  const links = new Set<Link>();
  let connections = 0;
  let isCutting = false;
  let isStalled = false;
  let isHoldingBack = false;
  let isBlocked = false;

  const listener = createServer((client) => {
    if (isBlocked) return void client.destroy();
    connections += 1;
    link(client, connections);
  });

  function link(client: Socket, number: number): void {
    const server = dial(targetPort, HOST);
    const scanner = createFrameScanner();
    let upgradedMs: number | undefined;
    const made: Link = {
      client,
      server,
      isUpgraded: scanner.isUpgraded,
      destroy() {
        client.destroy();
        server.destroy();
      },
    };
    links.add(made);
    if (isStalled) pause(made);
    pass(client, server, (chunk) => void server.write(chunk));
    pass(server, client, (chunk) => {
      const part = scanner.scan(chunk).find(({ from, to }) => to - from > 1);
      if (scanner.isUpgraded() && upgradedMs === undefined) {
        upgradedMs = performance.now();
        hooks.onUpgraded?.(number);
        if (isHoldingBack) client.pause();
        isHoldingBack = false;
      }
      if (!isCutting || part === undefined) {
        client.write(chunk);
        if (upgradedMs !== undefined && performance.now() - upgradedMs > CATCHING_UP_MS)
          hooks.onForwarded?.();
        return;
      }
      isCutting = false;
      server.destroy();
      client.end(chunk.subarray(0, Math.floor((part.from + part.to) / 2)), made.destroy);
    });
    const ended = () => {
      if (links.delete(made) && upgradedMs !== undefined) hooks.onClosed?.(number);
      made.destroy();
    };
    for (const socket of [client, server]) socket.on('error', ended).on('close', ended);
  }

  /** Reads no faster than the other end takes. */
  function pass(from: Socket, to: Socket, forward: (chunk: Buffer) => void): void {
    from.on('data', (chunk) => {
      forward(chunk);
      if (to.writableNeedDrain) from.pause();
    });
    from.on('end', () => to.end());
    to.on('drain', () => {
      if (!isStalled) from.resume();
    });
  }

  function pause({ client, server }: Link): void {
    client.pause();
    server.pause();
  }

  function destroyAll(): void {
    for (const { destroy } of [...links]) destroy();
  }

  listener.listen(0, HOST);
  await once(listener, 'listening');
  return {
    port: (listener.address() as AddressInfo).port,
    open: () => [...links].filter(({ isUpgraded }) => isUpgraded()).length,
    async cutInsideNextFrame(ms) {
      isCutting = true;
      await waitUntil(() => !isCutting, ms);
      const wasCut = !isCutting;
      isCutting = false;
      return wasCut;
    },
    reset() {
      for (const { client, server } of [...links]) {
        client.resetAndDestroy();
        server.resetAndDestroy();
      }
    },
    stall() {
      isStalled = true;
      for (const made of links) pause(made);
    },
    holdBackNextClient() {
      isHoldingBack = true;
    },
    flow() {
      isStalled = false;
      isHoldingBack = false;
      for (const { client, server } of links) {
        client.resume();
        server.resume();
      }
    },
    block() {
      isBlocked = true;
      destroyAll();
    },
    unblock() {
      isBlocked = false;
    },
    async stop() {
      isBlocked = true;
      destroyAll();
      listener.close();
      await once(listener, 'close');
    },
  };
}
