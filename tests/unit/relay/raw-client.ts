/** A client of raw bytes: one that does what a well-behaved WebSocket never would. */
import { connect as connectTcp, type Socket } from 'node:net';
import { offerProtocols } from '../../../utils/protocol/subprotocol.ts';

/** Has asked for an upgrade and reads nothing. */
export function openRaw(port: number, token: string): Socket {
  const socket = connectTcp(port, '127.0.0.1');
  socket.on('error', () => socket.destroy());
  socket.write(
    [
      'GET /v1/stream HTTP/1.1',
      'host: relay',
      'connection: Upgrade',
      'upgrade: websocket',
      'sec-websocket-version: 13',
      'sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==',
      `sec-websocket-protocol: ${offerProtocols(token).join(', ')}`,
      '\r\n',
    ].join('\r\n'),
  );
  return socket;
}
