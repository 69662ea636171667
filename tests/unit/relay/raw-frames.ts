/** Frames of RFC 6455 byte by byte, right ones and wrong ones. */

export const OP = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const;

type Odd = {
  fin?: boolean;
  /** RSV1 to RSV3 as the bits 4, 2 and 1. */
  rsv?: number;
  isMasked?: boolean;
  /** Said in the header instead of the payload's own; always in its 64-bit form. */
  claimedLength?: bigint;
};

const MASK = Buffer.from([0x11, 0x22, 0x33, 0x44]);

/** A client's frame: whole and masked unless said otherwise. */
export function rawFrame(opcode: number, payload: string | Uint8Array = '', odd: Odd = {}): Buffer {
  const { fin = true, rsv = 0, isMasked = true, claimedLength } = odd;
  const body = Buffer.from(payload);
  const first = (fin ? 0x80 : 0) | (rsv << 4) | opcode;
  const head = [Buffer.from([first]), encodeLength(body.length, claimedLength)];
  if (!isMasked) return Buffer.concat([...head, body]);
  const [, length = Buffer.alloc(0)] = head;
  length[0] = (length[0] ?? 0) | 0x80;
  const masked = body.map((byte, index) => byte ^ (MASK[index % 4] ?? 0));
  return Buffer.concat([...head, MASK, masked]);
}

/** A close frame's payload. */
export function closePayload(code: number, reason: string | Uint8Array = ''): Buffer {
  const head = Buffer.alloc(2);
  head.writeUInt16BE(code);
  return Buffer.concat([head, Buffer.from(reason)]);
}

function encodeLength(length: number, claimed: bigint | undefined): Buffer {
  if (claimed === undefined && length < 126) return Buffer.from([length]);
  const form = Buffer.alloc(claimed === undefined && length < 65_536 ? 3 : 9);
  form[0] = form.length === 3 ? 126 : 127;
  if (form.length === 3) form.writeUInt16BE(length, 1);
  else form.writeBigUInt64BE(claimed ?? BigInt(length), 1);
  return form;
}

export type ServerFrame = { opcode: number; payload: Buffer };

/** The whole frames at the start of what a server has sent, which are not masked and not in fragments. */
export function readServerFrames(bytes: Buffer): ServerFrame[] {
  const frames: ServerFrame[] = [];
  for (let at = 0; at + 2 <= bytes.length; ) {
    const opcode = (bytes[at] ?? 0) & 0x0f;
    const short = bytes[at + 1] ?? 0;
    const start = at + (short === 126 ? 4 : short === 127 ? 10 : 2);
    if (start > bytes.length) break;
    const length =
      short === 126
        ? bytes.readUInt16BE(at + 2)
        : short === 127
          ? Number(bytes.readBigUInt64BE(at + 2))
          : short;
    if (start + length > bytes.length) break;
    frames.push({ opcode, payload: bytes.subarray(start, start + length) });
    at = start + length;
  }
  return frames;
}
