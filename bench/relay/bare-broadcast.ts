/**
 * What the relay is measured against: the same server library, and nothing but a broadcast. Each frame of the
 * upstream goes to every peer with `peer.send`. Its argument is the upstream's address.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Peer } from 'crossws';
import nodeAdapter from 'crossws/adapters/node';
import { WebSocket } from 'undici';

const upstreamUrl = process.argv[2] ?? '';
const peers = new Set<Peer>();
const adapter = nodeAdapter({
  idleTimeout: 60,
  serverOptions: { perMessageDeflate: false },
  hooks: { open: (peer) => void peers.add(peer), close: (peer) => void peers.delete(peer) },
});
const server = createServer();
server.on('upgrade', (request, socket, head) => {
  socket.on('error', () => socket.destroy());
  void adapter.handleUpgrade(request, socket, head);
});

const upstream = new WebSocket(upstreamUrl);
upstream.addEventListener('message', ({ data }) => {
  for (const peer of peers) peer.send(data);
});
upstream.addEventListener('open', () => {
  server.listen({ port: 0, host: '127.0.0.1', backlog: 4_096 }, () => {
    process.stdout.write(`ready ${(server.address() as AddressInfo).port}\n`);
  });
});
