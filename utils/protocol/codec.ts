/** The one codec of `earshot.v1`, used by the relay and by the extension. Decoding never throws. */
import * as v from 'valibot';
import { type ClientFrame, clientFrame, type RelayFrame, relayFrame } from './frames.ts';

/** The largest frame a client may send, in UTF-8 bytes. */
export const MAX_CLIENT_FRAME_BYTES = 16 * 1024;
/** The longest frame a relay may send, in UTF-16 units: an event of 1 MiB, each character escaped, and room beside it. */
export const MAX_RELAY_FRAME_LENGTH = 8 * 1024 * 1024;

type FrameErrorCode = 'not-text' | 'too-large' | 'not-json' | 'unknown-type' | 'bad-field';

/** Why a frame was not understood. `message` names the field and never its value. */
type FrameError = { code: FrameErrorCode; message: string };
export type Decoded<Frame> = { ok: true; frame: Frame } | { ok: false; error: FrameError };

/** One frame as text. */
export function encodeFrame(frame: RelayFrame | ClientFrame): string {
  return JSON.stringify(frame);
}

/** What the relay sent, decoded by the client. Unknown fields are dropped; unknown types are an error. */
export function decodeRelayFrame(raw: unknown): Decoded<RelayFrame> {
  if (typeof raw === 'string' && raw.length > MAX_RELAY_FRAME_LENGTH) {
    return failure('too-large', `the frame is longer than ${MAX_RELAY_FRAME_LENGTH} characters`);
  }
  return decode(relayFrame, raw);
}

/** What a client sent, decoded by the relay; longer than 16 KiB is refused unparsed. */
export function decodeClientFrame(raw: unknown): Decoded<ClientFrame> {
  if (typeof raw === 'string' && new TextEncoder().encode(raw).length > MAX_CLIENT_FRAME_BYTES) {
    return failure('too-large', `the frame is larger than ${MAX_CLIENT_FRAME_BYTES} bytes`);
  }
  return decode(clientFrame, raw);
}

function decode<Schema extends typeof relayFrame | typeof clientFrame>(
  schema: Schema,
  raw: unknown,
): Decoded<v.InferOutput<Schema>> {
  if (typeof raw !== 'string')
    return failure('not-text', 'the frame is binary; only JSON text is understood');
  let json: unknown;
  try {
    json = JSON.parse(raw);
  } catch {
    return failure('not-json', 'the frame is not JSON');
  }
  const parsed = v.safeParse(schema, json, { abortEarly: true });
  if (parsed.success) return { ok: true, frame: parsed.output };
  const path = v.getDotPath(parsed.issues[0]);
  if (path === null) return failure('bad-field', 'the frame is not an object');
  if (path === 'type') return failure('unknown-type', 'the frame has no known type');
  return failure('bad-field', `the field ${path} is not what it must be`);
}

function failure(code: FrameErrorCode, message: string): { ok: false; error: FrameError } {
  return { ok: false, error: { code, message } };
}
