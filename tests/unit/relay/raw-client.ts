/** A client of raw bytes: one that does what a well-behaved WebSocket never would. */
import { connect as connectTcp, type Socket } from 'node:net';
import { offerProtocols } from '../../../utils/protocol/subprotocol.ts';
import { OP, readServerFrames, type ServerFrame } from './raw-frames.ts';

/** The lines of a good upgrade, without the empty one after them; those in `instead` replace lines of that name. */
export function upgradeLines(token: string, instead: Record<string, string | undefined> = {}): string[] {
  const headers: Record<string, string | undefined> = {
    host: 'relay',
    connection: 'Upgrade',
    upgrade: 'websocket',
    'sec-websocket-version': '13',
    'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
    'sec-websocket-protocol': offerProtocols(token).join(', '),
    ...instead,
  };
  const lines = Object.entries(headers).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}: ${value}`],
  );
  return ['GET /v1/stream HTTP/1.1', ...lines];
}

/** Has asked for an upgrade and reads nothing. */
export function openRaw(port: number, token: string): Socket {
  return sendRaw(port, [...upgradeLines(token), '\r\n'].join('\r\n'));
}

/** Has sent these bytes and reads nothing. */
export function sendRaw(port: number, bytes: string | Uint8Array): Socket {
  const socket = connectTcp(port, '127.0.0.1');
  socket.on('error', () => socket.destroy());
  socket.write(bytes);
  return socket;
}

/** Reads what comes: an HTTP answer, and the frames after a 101. */
export function listenRaw(socket: Socket) {
  let bytes = Buffer.alloc(0);
  let isEnded = false;
  socket.on('data', (part: Buffer) => {
    bytes = Buffer.concat([bytes, part]);
  });
  socket.on('close', () => {
    isEnded = true;
  });
  const text = () => bytes.toString('latin1');
  const frames = (): ServerFrame[] => {
    const end = text().indexOf('\r\n\r\n');
    return end === -1 ? [] : readServerFrames(bytes.subarray(end + 4));
  };

  return {
    status: () => Number(/^HTTP\/1\.1 (\d{3}) /.exec(text())?.[1] ?? Number.NaN),
    head: () => text().split('\r\n\r\n', 1)[0] ?? '',
    frames,
    /** The JSON text frames. */
    said: (): unknown[] =>
      frames().flatMap(({ opcode, payload }) => (opcode === OP.text ? [JSON.parse(payload.toString())] : [])),
    /** That of a close frame; 1005 if it had none; undefined before one has come. */
    closeCode(): number | undefined {
      const close = frames().find(({ opcode }) => opcode === OP.close);
      return close && (close.payload.length < 2 ? 1005 : close.payload.readUInt16BE());
    },
    /** The TCP connection is gone. */
    isEnded: () => isEnded,
  };
}
