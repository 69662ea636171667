/** A tiny Script Forge on the loopback: checks the bearer token, says what the test makes it say, can go away. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Peer } from 'crossws';
import nodeAdapter from 'crossws/adapters/node';

export async function createFakePlatform() {
  const peers = new Set<Peer>();
  const tokens = new Set(['platform-token-1']);
  let refusal: string | undefined;
  let upgrades = 0;
  const adapter = nodeAdapter({
    idleTimeout: 0,
    hooks: { open: (peer) => void peers.add(peer), close: (peer) => void peers.delete(peer) },
  });
  const server = createServer();
  server.on('upgrade', (request, socket, head) => {
    upgrades += 1;
    socket.on('error', () => socket.destroy());
    const isKnown = tokens.has((request.headers.authorization ?? '').replace('Bearer ', ''));
    const answer = refusal ?? (isKnown ? undefined : '401 Unauthorized');
    if (answer === undefined) void adapter.handleUpgrade(request, socket, head);
    else socket.end(`HTTP/1.1 ${answer}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;

  return {
    url: `ws://127.0.0.1:${port}/api/cp/scriptforge/10141`,
    /** The tokens it takes. */
    tokens,
    /** Answers every upgrade with this status line; undefined: as usual. */
    refuseWith(statusLine: string | undefined): void {
      refusal = statusLine;
    },
    upgrades: () => upgrades,
    connections: () => peers.size,
    say(...frames: (string | Uint8Array)[]): void {
      for (const peer of peers) for (const frame of frames) peer.send(frame);
    },
    /** Cuts all connections without a word. */
    cut(): void {
      for (const peer of peers) peer.terminate();
    },
    async stop(): Promise<void> {
      adapter.closeAll(1000, '', true);
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
