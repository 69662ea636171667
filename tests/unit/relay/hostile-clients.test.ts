/** Clients that mean no good, before they are let in: none of them ends the process or holds on to it. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { hashToken } from '../../../relay/access/authenticate.ts';
import { startRelayProcess } from '../../soak/relay-process.ts';
import { connectAgent } from './agent-connection.ts';
import { createFakePlatform } from './fake-platform.ts';
import { createSigningKey, identityOf, signClaims, startKeyServer } from './identity-provider.ts';
import { openRaw, sendRaw } from './raw-client.ts';
import { ALICE_TOKEN, startTestRelay } from './relay-under-test.ts';
import { until } from './until.ts';

const gone = (socket: Socket) => new Promise<void>((resolve) => socket.once('close', () => resolve()));

describe('while a token is being checked, in a process of its own', () => {
  /** A provider that is asked and does not answer keeps every upgrade under way. */
  async function startWithSilentProvider() {
    const key = await createSigningKey();
    const server = await startKeyServer(key);
    server.be('silent');
    const platform = await createFakePlatform();
    onTestFinished(() => platform.stop());
    const folder = await mkdtemp(join(tmpdir(), 'earshot-hostile-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    await writeFile(join(folder, 'platform.token'), 'platform-token-1');
    const file = {
      listen: { port: 0 },
      upstream: { url: platform.url, tokenFile: 'platform.token' },
      agents: [{ name: 'Alice', tokenSha256: hashToken(ALICE_TOKEN), calls: 'all' }],
      identity: identityOf(server.url),
      limits: { connectionsPerAgent: 3 },
    };
    await writeFile(join(folder, 'relay.json'), JSON.stringify(file));
    const logPath = join(folder, 'relay.log');
    const relay = await startRelayProcess(join(folder, 'relay.json'), logPath);
    onTestFinished(() => relay.kill());
    return { relay, server, key, logText: () => readFile(logPath, 'utf8') };
  }

  test('three hundred clients reset or end the connection: the process goes on, and their places are free', async () => {
    const { relay, server, key, logText } = await startWithSilentProvider();
    const token = await signClaims(key);
    const sockets = Array.from({ length: 300 }, () => openRaw(relay.port, token));
    await Promise.all(sockets.map((socket) => new Promise((resolve) => socket.once('connect', resolve))));
    await until(() => expect(server.asked()).toBe(1));
    await connectAgent(relay.url, ALICE_TOKEN).ready();
    const ends = sockets.map((socket, index) => {
      const end = gone(socket);
      if (index % 3 === 0) socket.resume().end();
      else socket.resetAndDestroy();
      return end;
    });
    server.be('well');
    await Promise.all(ends);
    const http = relay.url.replace('ws:', 'http:').replace('stream', 'session');
    const headers = { authorization: `Bearer ${token}` };
    await until(async () => expect((await fetch(http, { headers })).status).toBe(200), 200);
    const carol = connectAgent(relay.url, token);
    await carol.ready();
    expect(carol.frames[0]).toMatchObject({ type: 'hello', agent: 'carol' });
    expect(relay.ended()).toBeUndefined();
    expect(await logText()).not.toContain(token);
    expect(await relay.stop()).toBe(0);
  });
});

describe('who does not ask properly', () => {
  test('is let go: silent, word by word, never ending, reading nothing', { timeout: 60_000 }, async () => {
    const { relay, session } = await startTestRelay();
    const ask = (path: string) => `GET ${path} HTTP/1.1\r\nhost: relay\r\n`;
    const clients = {
      silent: sendRaw(relay.port, ''),
      'half a request': sendRaw(relay.port, ask('/v1/stream')),
      'word by word': sendRaw(relay.port, ask('/v1/stream')),
      'a header without end': sendRaw(relay.port, `${ask('/')}x-a: ${'a'.repeat(20_000)}\r\n\r\n`),
      'asks and asks and reads nothing': sendRaw(relay.port, `${ask('/v1/session')}\r\n`.repeat(30_000)),
      'asks for an upgrade after that': sendRaw(
        relay.port,
        `${`${ask('/healthz')}\r\n`.repeat(30_000)}${ask('/v1/stream')}connection: upgrade\r\nupgrade: websocket\r\n\r\n`,
      ),
    };
    const left: string[] = [];
    for (const [name, socket] of Object.entries(clients)) {
      socket.once('close', () => left.push(name));
      if (!name.includes('ask')) socket.resume();
    }
    // Who reads nothing only notices on writing that nobody is there.
    const dripping = setInterval(() => {
      for (const [name, socket] of Object.entries(clients)) {
        if (name.includes('ask') || name === 'word by word') socket.write('x-a: b\r\n');
      }
    }, 500);
    onTestFinished(() => clearInterval(dripping));
    expect((await session({ authorization: `Bearer ${ALICE_TOKEN}` })).status).toBe(200);
    await vi.waitFor(() => expect(left.toSorted()).toEqual(Object.keys(clients).toSorted()), {
      timeout: 50_000,
    });
    expect((await session({ authorization: `Bearer ${ALICE_TOKEN}` })).status).toBe(200);
  });

  test('is cut unheard where there are too many', async () => {
    const { relay, httpUrl } = await startTestRelay({ limits: { connections: 1, askingSockets: 1 } });
    const holding = [connect(relay.port, '127.0.0.1'), connect(relay.port, '127.0.0.1')];
    await Promise.all(holding.map((socket) => new Promise((resolve) => socket.once('connect', resolve))));
    const third = connect(relay.port, '127.0.0.1');
    third.on('error', () => third.destroy());
    await gone(third.resume());
    for (const socket of holding) socket.destroy();
    await until(async () => expect((await fetch(`${httpUrl}/healthz`)).status).toBe(200));
  });
});
