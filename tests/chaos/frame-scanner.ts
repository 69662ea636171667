/** Finds WebSocket frames in a server's bytes (RFC 6455, 5.2), so that a connection can be cut inside one. */

/** Part of one frame's payload: `chunk[from]` up to, but without, `chunk[to]`. */
type PayloadPart = { from: number; to: number };

export type FrameScanner = {
  /** The payload parts of the next bytes, in order. */
  scan(chunk: Uint8Array): PayloadPart[];
  /** Whether the server has answered 101, all of it. */
  isUpgraded(): boolean;
};

const HEAD_END = '\r\n\r\n';
const SWITCHING = 'HTTP/1.1 101';

/** Anything but an upgraded connection is passed over: its bytes have no parts. */
export function createFrameScanner(): FrameScanner {
  let phase: 'head' | 'frames' | 'opaque' = 'head';
  let head = '';
  let header: number[] = [];
  let left = 0;

  /** Reads the HTTP answer; gives where the bytes after it begin. */
  function readHead(chunk: Uint8Array): number {
    const before = head.length;
    head += Buffer.from(chunk).toString('latin1');
    const end = head.indexOf(HEAD_END);
    if (end === -1) return chunk.length;
    phase = head.startsWith(SWITCHING) ? 'frames' : 'opaque';
    return end + HEAD_END.length - before;
  }

  return {
    isUpgraded: () => phase === 'frames',
    scan(chunk) {
      const parts: PayloadPart[] = [];
      let at = phase === 'head' ? readHead(chunk) : 0;
      while (phase === 'frames' && at < chunk.length) {
        if (left > 0) {
          const to = Math.min(chunk.length, at + left);
          parts.push({ from: at, to });
          left -= to - at;
          at = to;
          continue;
        }
        header.push(chunk[at] ?? 0);
        at += 1;
        const length = payloadLength(header);
        if (length === undefined) continue;
        left = length;
        header = [];
      }
      return parts;
    },
  };
}

/** `undefined` while the header is incomplete. */
function payloadLength(header: readonly number[]): number | undefined {
  const second = header[1];
  if (second === undefined) return undefined;
  const short = second & 0x7f;
  const lengthBytes = short === 126 ? 2 : short === 127 ? 8 : 0;
  const maskBytes = (second & 0x80) === 0 ? 0 : 4;
  if (header.length < 2 + lengthBytes + maskBytes) return undefined;
  if (lengthBytes === 0) return short;
  return header.slice(2, 2 + lengthBytes).reduce((length, byte) => length * 256 + byte, 0);
}
