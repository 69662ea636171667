/**
 * An agent's WebSocket as the relay writes to it. The same text to a thousand agents is encoded and framed once: all
 * sockets hold the same bytes, which saves the work and, where readers stall, the memory.
 *
 * Whole text frames go straight into the TCP socket; everything else (close, ping, reading) stays with crossws, which
 * writes to the same socket in the same order as long as it does not compress.
 */
import type { Duplex } from 'node:stream';
import type { Peer } from 'crossws';
import type { ClientSocket } from './client.ts';

const OPEN = 1;
/** A single text frame that is final and not compressed (RFC 6455, 5.2). */
const FINAL_TEXT = 0x81;
const LENGTH_16 = 126;
const LENGTH_64 = 127;
/** Texts of one length kept for sharing: beyond that it is answers to each agent, which nobody shares. */
const MAX_ALIKE = 100;

/** The bytes of a text frame; for one text the same bytes until the turn of the event loop is over. */
export type FrameText = (text: string) => Buffer;

export function createFrameSharing(): FrameText {
  /** By length, and then by comparing: to hash a long text takes longer than to frame it. */
  const framed = new Map<number, { text: string; bytes: Buffer }[]>();
  return (text) => {
    const alike = framed.get(text.length) ?? [];
    const known = alike.find((other) => other.text === text);
    if (known !== undefined) return known.bytes;
    if (framed.size === 0) setImmediate(() => framed.clear());
    const bytes = frameText(text);
    if (alike.length < MAX_ALIKE) alike.push({ text, bytes });
    framed.set(text.length, alike);
    return bytes;
  };
}

/** One text frame from a server: final, unmasked. */
export function frameText(text: string): Buffer {
  const length = Buffer.byteLength(text);
  const headLength = length < LENGTH_16 ? 2 : length < 0x1_0000 ? 4 : 10;
  const frame = Buffer.allocUnsafeSlow(headLength + length);
  frame[0] = FINAL_TEXT;
  if (headLength === 2) {
    frame[1] = length;
  } else if (headLength === 4) {
    frame[1] = LENGTH_16;
    frame.writeUInt16BE(length, 2);
  } else {
    frame[1] = LENGTH_64;
    frame.writeBigUInt64BE(BigInt(length), 2);
  }
  frame.write(text, headLength);
  return frame;
}

/**
 * `connection`: the TCP (or TLS) socket that `peer` was upgraded on. Once either side has begun to close, `send` does
 * nothing. Throws if the peer does not tell its state, which another version of crossws might not.
 */
export function createAgentSocket(peer: Peer, connection: Duplex, frame: FrameText): ClientSocket {
  const { websocket } = peer;
  if (websocket.readyState !== OPEN) throw new Error('crossws: a peer that has just opened is not open');
  return {
    send(text) {
      if (websocket.readyState === OPEN && connection.writable) connection.write(frame(text));
    },
    close: (code) => peer.close(code),
    terminate: () => peer.terminate(),
    bufferedAmount: () => connection.writableLength,
  };
}
