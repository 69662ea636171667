/** The relay's end of an agent's WebSocket, over a real crossws: what it relies on there is what these tests hold. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import type { Peer } from 'crossws';
import nodeAdapter from 'crossws/adapters/node';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createAgentSocket, createFrameSharing, frameText } from '../../../relay/clients/agent-socket.ts';
import type { ClientSocket } from '../../../relay/clients/client.ts';
import { openRaw } from './raw-client.ts';
import { until } from './until.ts';

type Agent = { socket: ClientSocket; connection: Duplex; drains: number };

async function startServer() {
  const agents: Agent[] = [];
  const frame = createFrameSharing();
  const connections: Duplex[] = [];
  const adapter = nodeAdapter({
    serverOptions: { perMessageDeflate: false },
    hooks: {
      open(peer) {
        const connection = connections[agents.length];
        if (connection === undefined) throw new Error('opened before it was upgraded');
        agents.push({ socket: createAgentSocket(peer, connection, frame), connection, drains: 0 });
      },
      drain() {
        for (const agent of agents) agent.drains += 1;
      },
    },
  });
  const server = createServer();
  server.on('upgrade', (request, connection, head) => {
    connection.on('error', () => connection.destroy());
    connections.push(connection);
    void adapter.handleUpgrade(request, connection, head);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    for (const connection of connections) connection.destroy();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  /** The newest agent, once it is there. */
  const agent = () =>
    until(() => {
      const newest = agents.at(-1);
      if (newest === undefined) throw new Error('nobody is connected');
      return newest;
    });
  return { port, agent };
}

async function connectAgent() {
  const { port, agent } = await startServer();
  const client = new WebSocket(`ws://127.0.0.1:${port}/`);
  const received: unknown[] = [];
  client.addEventListener('message', ({ data }) => received.push(data));
  const closed = new Promise<number>((resolve) =>
    client.addEventListener('close', ({ code }) => resolve(code)),
  );
  await new Promise((resolve) => client.addEventListener('open', resolve));
  return { ...(await agent()), client, received, closed };
}

describe('a sent text', () => {
  test.each([
    ['nothing', ''],
    ['the longest with one byte of length', 'a'.repeat(125)],
    ['the shortest with two', 'a'.repeat(126)],
    ['the longest with two', 'a'.repeat(65_535)],
    ['the shortest with eight', 'a'.repeat(65_536)],
    ['more bytes than characters', 'dvě ✓ 🙂'.repeat(20)],
  ])('arrives as it was, as text: %s', async (_, text) => {
    const { socket, received } = await connectAgent();
    socket.send(text);
    socket.send('next');
    await until(() => expect(received).toHaveLength(2));
    expect(received).toEqual([text, 'next']);
  });

  test('is the same bytes for everybody in one turn of the event loop, and is then let go', async () => {
    const frame = createFrameSharing();
    const [one, again, other] = [frame('{"a":1}'), frame('{"a":1}'), frame('{"a":2}')];
    expect(again).toBe(one);
    expect(other).not.toBe(one);
    await turn();
    await turn();
    expect(frame('{"a":1}')).not.toBe(one);
    expect(frame('{"a":1}')).toEqual(one);
  });

  test('has no room to spare: bytes held for a stalled reader are the bytes of its frames', () => {
    expect(frameText('a'.repeat(300)).buffer.byteLength).toBe(304);
  });
});

describe('closing', () => {
  test('comes after all that was sent, with its code, and nothing is sent after it', async () => {
    const { socket, received, closed } = await connectAgent();
    for (let count = 0; count < 100; count += 1) socket.send(`${count} ${'x'.repeat(10_000)}`);
    socket.close(4408);
    socket.send('too late');
    expect(await closed).toBe(4408);
    expect(received).toHaveLength(100);
  });

  test('by the client: what is sent from then on goes nowhere and breaks nothing', async () => {
    const { socket, connection, client, closed } = await connectAgent();
    client.close(1000);
    const sending = setInterval(() => socket.send('x'), 1);
    await closed;
    await until(() => expect(connection.destroyed).toBe(true));
    socket.send('x');
    clearInterval(sending);
    expect(connection.errored).toBeNull();
  });

  test('by cutting: nothing is held any more', async () => {
    const { socket, connection, closed } = await connectAgent();
    socket.terminate();
    socket.send('x');
    expect(await closed).toBe(1006);
    expect(connection.writableLength).toBe(0);
  });
});

test('what a reader does not take is counted, and its draining is told', async () => {
  const { port, agent } = await startServer();
  const reader = openRaw(port, 'token');
  reader.pause();
  onTestFinished(() => void reader.destroy());
  const connected = await agent();
  const text = 'x'.repeat(1024 * 1024);
  while (connected.socket.bufferedAmount() < 4 * text.length) {
    connected.socket.send(text);
    await turn();
  }
  expect(connected.drains).toBe(0);
  reader.resume();
  await until(() => expect(connected.socket.bufferedAmount()).toBe(0));
  expect(connected.drains).toBeGreaterThan(0);
});

test('a peer that does not tell its state is refused at once', () => {
  const peer = { websocket: {} } as Peer;
  const connection = {} as Duplex;
  expect(() => createAgentSocket(peer, connection, createFrameSharing())).toThrow(/crossws/);
});
