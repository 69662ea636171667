/**
 * A platform that says numbered lines, whether anybody is connected or not. It knows which relay is there by its token,
 * and marks what it says to each connection.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Peer } from 'crossws';
import nodeAdapter from 'crossws/adapters/node';
import { EVERYONE, type Line, numberOfLine, writeLine } from './numbered-line.ts';

/** One connection, and whose it is. */
type Visitor = { via: number; relay: string };

const TICK_MS = 20;
const LINES_A_TICK = 2;
const LINES_A_SECOND = (LINES_A_TICK * 1_000) / TICK_MS;

/** `relayOf`: whose token it is; undefined: nobody's. */
export async function startNumberedPlatform(relayOf: (token: string) => string | undefined) {
  const lines: Line[] = [];
  const peers = new Map<Peer, Visitor>();
  let visits = 0;
  let mostAtOnce = 0;
  let timer: NodeJS.Timeout | undefined;

  const tokenOf = (headers: Headers) => headers.get('authorization')?.replace('Bearer ', '') ?? '';
  const adapter = nodeAdapter({
    idleTimeout: 0,
    hooks: {
      upgrade({ headers }) {
        if (relayOf(tokenOf(headers)) === undefined) return new Response(null, { status: 401 });
        return undefined;
      },
      open(peer) {
        const relay = relayOf(tokenOf(peer.request.headers)) ?? '';
        visits += 1;
        peers.set(peer, { via: visits, relay });
        mostAtOnce = Math.max(mostAtOnce, peers.size);
      },
      close(peer) {
        peers.delete(peer);
      },
    },
  });
  const server = createServer();
  server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => socket.destroy());
    void adapter.handleUpgrade(request, socket, head);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;

  function say(number?: string): Line {
    const n = lines.length + 1;
    const line: Line = { n, atMs: Date.now(), number: number ?? numberOfLine(n) };
    lines.push(line);
    for (const [peer, { via }] of peers) peer.send(writeLine(line, via));
    return line;
  }

  return {
    url: `ws://127.0.0.1:${port}/api/cp/scriptforge/10141`,
    lines: lines as readonly Line[],
    linesASecond: LINES_A_SECOND,
    /** From now on and until `pause`. */
    speak(): void {
      timer ??= setInterval(() => {
        for (let said = 0; said < LINES_A_TICK; said += 1) say();
      }, TICK_MS);
    },
    pause(): void {
      clearInterval(timer);
      timer = undefined;
    },
    /** One line that everybody may see. */
    sayToEveryone: () => say(EVERYONE),
    /** Whose connections stand, each by its relay. */
    standing: () => [...peers.values()].map(({ relay }) => relay),
    /** How many stood at once, at most, since this was last asked. */
    takeMostAtOnce(): number {
      const most = mostAtOnce;
      mostAtOnce = peers.size;
      return most;
    },
    /** Cuts all connections without a word. */
    cut(): void {
      for (const peer of peers.keys()) peer.terminate();
    },
    async stop(): Promise<void> {
      clearInterval(timer);
      adapter.closeAll(1000, '', true);
      server.closeAllConnections();
      await new Promise((stopped) => server.close(stopped));
    },
  };
}
