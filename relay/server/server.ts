/** The side agents connect to: one HTTP server, and crossws for those admitted to a WebSocket. */
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import nodeAdapter from 'crossws/adapters/node';
import type { Logger } from 'pino';
import { CLOSE } from '../../utils/protocol/close-codes.ts';
import { PROTOCOL_V1 } from '../../utils/protocol/subprotocol.ts';
import type { Agent } from '../access/agents.ts';
import { createAgentSocket, createFrameSharing } from '../clients/agent-socket.ts';
import type { Client } from '../clients/client.ts';
import type { Clients } from '../clients/clients.ts';
import type { Limits } from '../limits.ts';
import { createHttpHandler, type HttpDependencies, readAsking, refuseUpgrade } from './http-answers.ts';
import { createListener } from './listener.ts';
import type { TlsPair } from './tls-pair.ts';

export type ServerDependencies = HttpDependencies & {
  limits: Limits;
  log: Logger;
  /** Without it, connections are plain. */
  tls: TlsPair | undefined;
};

type Listening = { client: Client; clients: Clients; stream: string };

export function createRelayServer(deps: ServerDependencies) {
  const { admission, readAddress, channelOf, limits, log } = deps;
  /** By peer id: crossws hands out peers, not what we know of them. */
  const byPeer = new Map<string, Listening>();

  const frame = createFrameSharing();
  /** Of its own, since the library's types know nothing of `maxFragments` yet. */
  const socketOptions = {
    maxPayload: limits.clientFrameHardBytes,
    maxFragments: limits.clientFragments,
    closeTimeout: limits.closeWaitMs,
    perMessageDeflate: false,
  };
  const adapter = nodeAdapter({
    idleTimeout: limits.clientSilenceMs / 1_000,
    getNamespace: () => 'agents',
    serverOptions: socketOptions,
    hooks: {
      upgrade: () => ({ protocol: PROTOCOL_V1 }),
      open(peer) {
        const agent = peer.context['agent'] as Agent;
        const connection = peer.context['connection'] as Duplex;
        const socket = createAgentSocket(peer, connection, frame);
        const clients = channelOf(agent)?.clients();
        if (clients === undefined) return peer.terminate();
        byPeer.set(peer.id, { clients, stream: agent.stream, client: clients.add(socket, agent) });
        log.info({ stream: agent.stream, agent: agent.name, clients: byPeer.size }, 'client connected');
      },
      message: (peer, message) => byPeer.get(peer.id)?.client.receive(message.rawData),
      ping: (peer) => byPeer.get(peer.id)?.client.pinged(),
      drain: (peer) => byPeer.get(peer.id)?.client.pump(),
      close(peer, { code }) {
        const left = byPeer.get(peer.id);
        if (left === undefined) return;
        const { client, clients, stream } = left;
        byPeer.delete(peer.id);
        const closedWith = client.closedWith() ?? code ?? CLOSE.lost;
        clients.remove(client, closedWith);
        log.info(
          { stream, agent: client.agentName(), code: closedWith, clients: byPeer.size },
          'client left',
        );
      },
      error: (_peer, error) => log.warn({ error: error.message }, 'client socket failed'),
    },
  });

  const listener = createListener(createHttpHandler(deps), {
    log,
    tls: deps.tls,
    // Others, such as an offer of HTTP/2 on a plain request, are answered as if they had not asked.
    shouldUpgradeCallback: (request) => request.headers.upgrade?.toLowerCase() === 'websocket',
  });

  listener.server.maxConnections = limits.connections + limits.askingSockets;

  listener.server.on('upgrade', (request, socket, head) => {
    // Nobody else listens before crossws has upgraded, nor after a refusal: a client's reset would end the process.
    socket.on('error', (error) => log.debug({ error: error.message }, 'client connection failed'));
    upgrade(request, socket, head).catch((error: unknown) => {
      log.warn({ error: String(error) }, 'upgrade failed');
      socket.destroy();
    });
  });

  async function upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    const admitted = await admission.admitUpgrade(readAsking(request, readAddress));
    if (!admitted.ok) return refuseUpgrade(socket, admitted.refusal);
    if (socket.destroyed) return admitted.leave();
    socket.once('close', admitted.leave);
    await adapter.handleUpgrade(request, socket, head, describeUpgrade(request, admitted.agent, socket));
  }

  return {
    /** Rejects if the address cannot be listened on. `port` 0 takes any free one. */
    listen: (host: string, port: number): Promise<AddressInfo> => listener.listen(host, port),
    /** For connections from now on; only where there was one before. */
    setTls: listener.setTls,

    async close(): Promise<void> {
      await adapter.close();
      await listener.close();
    },
  };
}

/** The request as crossws wants it, with what admission found. Its URL is never read: the path has been checked. */
function describeUpgrade(request: IncomingMessage, agent: Agent, connection: Duplex): Request {
  const headers = { 'sec-websocket-protocol': request.headers['sec-websocket-protocol'] ?? '' };
  return Object.assign(new Request('http://relay/v1/stream', { headers }), {
    context: { agent, connection },
  });
}
