/**
 * A client that costs next to nothing: a raw socket, and just enough of WebSocket to count events. On a machine of two
 * cores an ordinary WebSocket client, decoding and dispatching, would be what is measured.
 */
import { connect } from 'node:net';
import { offerProtocols } from '../../utils/protocol/subprotocol.ts';
import { findEvents, nowUs } from './bench-event.ts';

const TEXT = 1;
const CLOSE = 8;
const PING = 9;
const END_OF_HEAD = Buffer.from('\r\n\r\n');
/** One for all sockets: what is read is looked at before anything else is. */
const readBuffer = Buffer.allocUnsafeSlow(256 * 1024);

export type LoadClientHooks = {
  onOpen: () => void;
  /** Its number, and how long it was under way. */
  onEvent: (n: number, delayUs: number) => void;
  /** A text frame was read, whatever was in it. */
  onFrame: () => void;
  onClosed: () => void;
};

/** With a token it is a client of the relay and says that it wants what comes from now on. */
export function openLoadClient(
  port: number,
  path: string,
  token: string | undefined,
  hooks: LoadClientHooks,
) {
  /** A frame of which only a part has come, and how long all of it is at least. */
  let pieces: Buffer[] = [];
  let held = 0;
  let needed = 0;
  let isOpen = false;
  let readUs = 0;

  function read(chunk: Buffer): void {
    readUs = nowUs();
    if (held + chunk.length < needed) return hold(chunk, needed);
    const bytes = held === 0 ? chunk : Buffer.concat([...pieces, chunk]);
    pieces = [];
    held = 0;
    needed = 0;
    let at = 0;
    if (!isOpen) {
      const end = bytes.indexOf(END_OF_HEAD);
      if (end < 0) return hold(bytes, 0);
      if (!bytes.toString('latin1', 0, 12).endsWith(' 101')) return void socket.destroy();
      at = end + END_OF_HEAD.length;
      isOpen = true;
      if (token !== undefined) socket.write(maskedFrame(TEXT, '{"type":"resume"}'));
      hooks.onOpen();
    }
    while (at < bytes.length) {
      const size = frameSize(bytes, at);
      if (at + size.whole > bytes.length) return hold(bytes.subarray(at), size.whole);
      readFrame(bytes, at + size.head, at + size.whole, (bytes[at] ?? 0) & 0x0f);
      at += size.whole;
    }
  }

  function hold(rest: Buffer, wholeBytes: number): void {
    pieces.push(Buffer.from(rest));
    held += rest.length;
    needed = wholeBytes;
  }

  function readFrame(bytes: Buffer, start: number, end: number, opcode: number): void {
    if (opcode === TEXT) {
      hooks.onFrame();
      findEvents(bytes, start, end, (n, sentUs) => hooks.onEvent(n, readUs - sentUs));
    } else if (opcode === PING) {
      socket.write(maskedFrame(0x0a, bytes.toString('latin1', start, end)));
    } else if (opcode === CLOSE) {
      socket.destroy();
    }
  }

  const socket = connect({
    port,
    host: '127.0.0.1',
    onread: {
      buffer: readBuffer,
      callback(length) {
        read(readBuffer.subarray(0, length));
        return true;
      },
    },
  });
  socket.on('error', () => socket.destroy());
  socket.on('close', hooks.onClosed);
  const offer = token === undefined ? [] : [`sec-websocket-protocol: ${offerProtocols(token).join(', ')}`];
  socket.write(
    [
      `GET ${path} HTTP/1.1`,
      'host: bench',
      'connection: Upgrade',
      'upgrade: websocket',
      'sec-websocket-version: 13',
      'sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==',
      ...offer,
      '\r\n',
    ].join('\r\n'),
  );
}

/** Of the frame at `at`, as far as can be told: more than there is if its length has not come yet. */
function frameSize(bytes: Buffer, at: number): { head: number; whole: number } {
  const there = bytes.length - at;
  const length = there < 2 ? 0 : (bytes[at + 1] ?? 0) & 0x7f;
  const head = length === 126 ? 4 : length === 127 ? 10 : 2;
  if (there < head) return { head, whole: head };
  if (head === 2) return { head, whole: head + length };
  if (head === 4) return { head, whole: head + bytes.readUInt16BE(at + 2) };
  return { head, whole: head + Number(bytes.readBigUInt64BE(at + 2)) };
}

/** Short, and with a mask of zeros, which leaves the payload as it is. */
function maskedFrame(opcode: number, payload: string): Buffer {
  return Buffer.concat([
    Buffer.from([0x80 | opcode, 0x80 | payload.length, 0, 0, 0, 0]),
    Buffer.from(payload),
  ]);
}
