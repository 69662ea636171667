/** The side agents connect to: one HTTP server, and crossws for those admitted to a WebSocket. */
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import nodeAdapter from 'crossws/adapters/node';
import type { Logger } from 'pino';
import { CLOSE } from '../utils/protocol/close-codes.ts';
import { PROTOCOL_V1 } from '../utils/protocol/subprotocol.ts';
import type { Agent } from './agents.ts';
import type { Channel } from './channel.ts';
import type { Client } from './client.ts';
import { createHttpHandler, type HttpDependencies, readAsking, refuseUpgrade } from './http-answers.ts';
import type { Limits } from './limits.ts';

export type ServerDependencies = HttpDependencies & { limits: Limits; log: Logger };

export function createRelayServer(deps: ServerDependencies) {
  const { admission, channelOf, limits, log } = deps;
  /** By peer id: crossws hands out peers, not what we know of them. */
  const byPeer = new Map<string, { client: Client; channel: Channel }>();

  const adapter = nodeAdapter({
    idleTimeout: limits.clientSilenceMs / 1_000,
    getNamespace: () => 'agents',
    serverOptions: { maxPayload: limits.clientFrameHardBytes, perMessageDeflate: false },
    hooks: {
      upgrade: () => ({ protocol: PROTOCOL_V1 }),
      open(peer) {
        const agent = peer.context['agent'] as Agent;
        const socket = {
          send: (text: string) => void peer.send(text),
          close: (code: number) => peer.close(code),
          terminate: () => peer.terminate(),
          bufferedAmount: () => peer.bufferedAmount,
        };
        const channel = channelOf(agent);
        if (channel === undefined) return peer.terminate();
        byPeer.set(peer.id, { channel, client: channel.clients.add(socket, agent) });
        log.info({ agent: agent.name, clients: byPeer.size }, 'client connected');
      },
      message: (peer, message) => byPeer.get(peer.id)?.client.receive(message.rawData),
      ping: (peer) => byPeer.get(peer.id)?.client.pinged(),
      drain: (peer) => byPeer.get(peer.id)?.client.pump(),
      close(peer, { code }) {
        const left = byPeer.get(peer.id);
        if (left === undefined) return;
        const { client, channel } = left;
        byPeer.delete(peer.id);
        const closedWith = client.closedWith() ?? code ?? CLOSE.lost;
        channel.clients.remove(client, closedWith);
        log.info({ agent: client.agentName(), code: closedWith, clients: byPeer.size }, 'client left');
      },
      error: (_peer, error) => log.warn({ error: error.message }, 'client socket failed'),
    },
  });

  const server = createServer(
    {
      requestTimeout: 10_000,
      // Others, such as an offer of HTTP/2 on a plain request, are answered as if they had not asked.
      shouldUpgradeCallback: (request) => request.headers.upgrade?.toLowerCase() === 'websocket',
    },
    createHttpHandler(deps),
  );

  server.on('upgrade', (request, socket, head) => {
    // Nobody else listens before crossws has upgraded, nor after a refusal: a client's reset would end the process.
    socket.on('error', (error) => log.debug({ error: error.message }, 'client connection failed'));
    upgrade(request, socket, head).catch((error: unknown) => {
      log.warn({ error: String(error) }, 'upgrade failed');
      socket.destroy();
    });
  });

  async function upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    const admitted = await admission.admitUpgrade(readAsking(request));
    if (socket.destroyed) return;
    if (!admitted.ok) return refuseUpgrade(socket, admitted.refusal);
    await adapter.handleUpgrade(request, socket, head, describeUpgrade(request, admitted.agent));
  }

  return {
    /** Rejects if the address cannot be listened on. `port` 0 takes any free one. */
    async listen(host: string, port: number): Promise<AddressInfo> {
      await new Promise<void>((resolve, reject) => {
        server.once('error', reject);
        server.listen(port, host, () => {
          server.off('error', reject);
          resolve();
        });
      });
      server.on('error', (error) =>
        log.error({ error: error.message }, 'a connection could not be accepted'),
      );
      const address = server.address();
      if (address === null || typeof address === 'string') throw new Error('the server has no port');
      return address;
    },

    async close(): Promise<void> {
      await adapter.close();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
}

/** The request as crossws wants it, with what admission found. Its URL is never read: the path has been checked. */
function describeUpgrade(request: IncomingMessage, agent: Agent): Request {
  const headers = { 'sec-websocket-protocol': request.headers['sec-websocket-protocol'] ?? '' };
  return Object.assign(new Request('http://relay/v1/stream', { headers }), { context: { agent } });
}
