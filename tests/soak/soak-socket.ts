/**
 * A WebSocket client that a soak can treat badly: it stops reading, it resets, it sends any bytes. It is made of a bare
 * TCP socket, so that a thousand of them cost little and nothing of it is shared with the relay.
 */
import { randomBytes } from 'node:crypto';
import { connect as connectTcp } from 'node:net';
import { upgradeLines } from '../unit/relay/raw-client.ts';
import { closePayload, OP, rawFrame } from '../unit/relay/raw-frames.ts';

/** `status`: of an upgrade that was refused; `code`: of a connection that stood, 1006 without a close frame. */
export type SoakEnd = { status: number } | { code: number };
export type SoakSocketHooks = {
  onOpen?: () => void;
  onText?: (text: string) => void;
  /** Once, and the last of all. */
  onEnd?: (end: SoakEnd) => void;
};
export type SoakSocket = ReturnType<typeof openSoakSocket>;

export function openSoakSocket(port: number, token: string, hooks: SoakSocketHooks = {}) {
  const socket = connectTcp(port, '127.0.0.1');
  let pending: Buffer = Buffer.alloc(0);
  let end: SoakEnd | undefined;
  let isOpen = false;

  socket.on('data', (part: Buffer) => {
    pending = pending.length === 0 ? part : Buffer.concat([pending, part]);
    if (!isOpen) readAnswer();
    if (isOpen) readFrames();
  });
  socket.on('error', () => socket.destroy());
  socket.on('close', () => hooks.onEnd?.(end ?? { code: 1006 }));
  const key = randomBytes(16).toString('base64');
  socket.write(`${upgradeLines(token, { 'sec-websocket-key': key }).join('\r\n')}\r\n\r\n`);

  function readAnswer(): void {
    const at = pending.indexOf('\r\n\r\n');
    if (at === -1) return;
    const status = Number(pending.subarray(9, 12).toString());
    pending = pending.subarray(at + 4);
    isOpen = status === 101;
    if (isOpen) hooks.onOpen?.();
    else end = { status };
  }

  /** A server's frames are never masked, and those of the relay never in fragments. */
  function readFrames(): void {
    let at = 0;
    while (at + 2 <= pending.length) {
      const short = pending[at + 1] ?? 0;
      const start = at + (short === 126 ? 4 : short === 127 ? 10 : 2);
      if (start > pending.length) break;
      const length =
        short < 126
          ? short
          : short === 126
            ? pending.readUInt16BE(at + 2)
            : Number(pending.readBigUInt64BE(at + 2));
      if (start + length > pending.length) break;
      received((pending[at] ?? 0) & 0x0f, pending.subarray(start, start + length));
      at = start + length;
    }
    pending = pending.subarray(at);
  }

  function received(opcode: number, payload: Buffer): void {
    if (opcode === OP.text) hooks.onText?.(payload.toString());
    else if (opcode === OP.ping) socket.write(rawFrame(OP.pong, payload));
    else if (opcode === OP.close) {
      end = { code: payload.length < 2 ? 1005 : payload.readUInt16BE() };
      socket.end(rawFrame(OP.close, payload));
    }
  }

  return {
    send: (text: string) => void socket.write(rawFrame(OP.text, text)),
    sendBytes: (bytes: Uint8Array) => void socket.write(bytes),
    /** Reads no more until `resume`. */
    pause: () => void socket.pause(),
    resume: () => void socket.resume(),
    /** Says goodbye. */
    close: () => void socket.write(rawFrame(OP.close, closePayload(1000))),
    reset: () => void socket.resetAndDestroy(),
  };
}
