/** The edge to undici, where its WebSocket alone would not tell. */
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import type { UpstreamEnd } from '../../../relay/upstream/upstream-end.ts';
import { openUpstreamSocket } from '../../../relay/upstream/upstream-socket.ts';
import { createFakePlatform } from './fake-platform.ts';
import { until } from './until.ts';

async function startPlatform() {
  const platform = await createFakePlatform();
  onTestFinished(() => platform.stop());
  return platform;
}

function open(url: string, token = 'platform-token-1') {
  const frames: string[] = [];
  const ends: UpstreamEnd[] = [];
  let pongs = 0;
  let isOpen = false;
  const socket = openUpstreamSocket(url, token, {
    onOpen: () => {
      isOpen = true;
    },
    onFrame: (text) => void frames.push(text),
    onPong: () => {
      pongs += 1;
    },
    onEnd: (end) => void ends.push(end),
  });
  return {
    ...socket,
    frames,
    ends,
    pongs: () => pongs,
    untilOpen: () => until(() => expect(isOpen).toBe(true)),
  };
}

test('a pong is told to the connection it came on, not to others of the process', async () => {
  const platform = await startPlatform();
  const [pinged, other] = [open(platform.url), open(platform.url)];
  await Promise.all([pinged.untilOpen(), other.untilOpen()]);
  pinged.ping();
  await until(() => expect(pinged.pongs()).toBe(1));
  expect(other.pongs()).toBe(0);
  pinged.close();
  other.close();
});

test('a pong nobody asked for is not told', async () => {
  const heartbeat = Uint8Array.from([0x8a, 0x00, 0x8a, 0x02, 0x68, 0x69]);
  const text = Uint8Array.from([0x81, 0x01, 0x78]);
  const socket = open(await startBarePlatform(heartbeat, text));
  await until(() => expect(socket.frames).toEqual(['x']));
  expect(socket.pongs()).toBe(0);
  socket.cut();
});

test('a failure is told to the attempt it belongs to', async () => {
  const platform = await startPlatform();
  // Port 9 is one of those that fetch bars: there is no attempt, so no code.
  const [good, unauthorized, barred] = [
    open(platform.url),
    open(platform.url, 'x'),
    open('ws://127.0.0.1:9/'),
  ];
  await until(() => expect(unauthorized.ends).toEqual([{ kind: 'answered', status: 401 }]));
  await until(() => expect(barred.ends).toEqual([{ kind: 'failed', code: undefined }]));
  await good.untilOpen();
  expect(good.ends).toEqual([]);
  good.close();
  await until(() => expect(good.ends).toHaveLength(1));
  expect(platform.connections()).toBe(0);
});

test('a cut ends an open connection at once, and one that is being opened', async () => {
  const platform = await startPlatform();
  const standing = open(platform.url);
  await standing.untilOpen();
  standing.cut();
  await until(() => expect(standing.ends).toEqual([{ kind: 'closed', code: 1006 }]));
  const opening = open(platform.url);
  opening.cut();
  await until(() => expect(opening.ends).toHaveLength(1));
});

test('bytes are read as UTF-8, broken ones with a replacement', async () => {
  const platform = await startPlatform();
  const socket = open(platform.url);
  await socket.untilOpen();
  platform.say(new TextEncoder().encode('grüß'), Uint8Array.from([0x61, 0xff]));
  await until(() => expect(socket.frames).toEqual(['grüß', 'a\ufffd']));
  socket.close();
});

/** Opens a WebSocket, sends these bytes at once, and nothing more; it keeps the TCP connection. */
async function startBarePlatform(...frames: Uint8Array[]): Promise<string> {
  const server = createServer().on('upgrade', (request, socket) => {
    const key = `${request.headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`;
    const accept = createHash('sha1').update(key).digest('base64');
    const head = ['HTTP/1.1 101 Switching Protocols', 'upgrade: websocket', 'connection: Upgrade'];
    socket.on('error', () => socket.destroy());
    socket.on('end', () => socket.destroy());
    socket.write(`${head.join('\r\n')}\r\nsec-websocket-accept: ${accept}\r\n\r\n`);
    for (const frame of frames) socket.write(frame);
    socket.resume();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return `ws://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

test('a platform that closes the WebSocket but not the connection is let go at the next ping', async () => {
  const goodbye = Uint8Array.from([0x88, 0x02, 0x03, 0xe8]);
  const socket = open(await startBarePlatform(goodbye));
  await socket.untilOpen();
  await until(() => {
    socket.ping();
    expect(socket.ends).toEqual([{ kind: 'closed', code: 1000 }]);
  });
});
