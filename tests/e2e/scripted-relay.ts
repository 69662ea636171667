/** A relay that says exactly what a test tells it to, for states that a real one is seldom in. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import nodeAdapter from 'crossws/adapters/node';
import { decodeClientFrame, encodeFrame } from '../../utils/protocol/codec.ts';
import type { HelloFrame, RelayFrame } from '../../utils/protocol/frames.ts';
import { PROTOCOL_V1 } from '../../utils/protocol/subprotocol.ts';

export type ScriptedRelay = {
  url: string;
  /** What `GET /v1/session` answers from now on. */
  setSession(status: number, body: unknown): void;
  /** `undefined`: upgrades are taken; else they are refused with this status. */
  refuseUpgrades(status: number | undefined): void;
  say(frame: RelayFrame): void;
  /** Anything, as it is. */
  sayRaw(text: string): void;
  close(code: number): void;
  connections(): number;
  stop(): Promise<void>;
};

export async function startScriptedRelay(
  greeting: { epoch: string } & Partial<HelloFrame>,
): Promise<ScriptedRelay> {
  let session = { status: 200, body: JSON.stringify({ agent: 'Alice', calls: 'all', upstream: 'up' }) };
  let refusal: number | undefined;
  const peers = new Map<string, { send(text: string): unknown; close(code: number): void }>();

  const adapter = nodeAdapter({
    hooks: {
      upgrade: () => ({ protocol: PROTOCOL_V1 }),
      open(peer) {
        peers.set(peer.id, { send: (text) => peer.send(text), close: (code) => peer.close(code) });
        const hello: HelloFrame = {
          type: 'hello',
          seq: 0,
          oldest: 1,
          agent: 'Alice',
          pingMs: 20_000,
          window: { events: 1_000, ms: 60_000 },
          ...greeting,
        };
        peer.send(encodeFrame(hello));
        peer.send(encodeFrame({ type: 'upstream', state: 'up', since: Date.now() }));
      },
      message(peer, message) {
        const decoded = decodeClientFrame(message.text());
        if (!decoded.ok || decoded.frame.type !== 'resume') return;
        const recovered = decoded.frame.epoch === greeting.epoch;
        peer.send(encodeFrame({ type: 'resumed', recovered, from: 0, to: 0 }));
      },
      close: (peer) => void peers.delete(peer.id),
    },
  });

  const server = createServer((request, response) => {
    response.setHeader('access-control-allow-origin', '*');
    response.setHeader('access-control-allow-headers', 'authorization');
    if (request.method === 'OPTIONS') return void response.writeHead(204).end();
    response.writeHead(session.status).end(session.body);
  });
  server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => socket.destroy());
    if (refusal === undefined) void adapter.handleUpgrade(request, socket, head);
    else socket.end(`HTTP/1.1 ${refusal} Refused\r\nConnection: close\r\n\r\n`);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));

  return {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}`,
    setSession(status, body) {
      session = { status, body: typeof body === 'string' ? body : JSON.stringify(body) };
    },
    refuseUpgrades(status) {
      refusal = status;
    },
    say(frame) {
      for (const peer of peers.values()) peer.send(encodeFrame(frame));
    },
    sayRaw(text) {
      for (const peer of peers.values()) peer.send(text);
    },
    close(code) {
      for (const peer of peers.values()) peer.close(code);
    },
    connections: () => peers.size,
    stop: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}
