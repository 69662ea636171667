/** Everything the relay says instead of letting somebody in: over HTTP, before any 101, as short JSON. */
import type { SessionRefusal } from '../utils/protocol/session.ts';

/** The session endpoint's codes, and two more that only a wrong request can meet. */
export type RefusalCode = Exclude<SessionRefusal['code'], 'expired'> | 'version' | 'not-found';
export type Refusal = { status: number; code: RefusalCode; message: string; retryAfterMs?: number };

const TEXTS = {
  malformed: { status: 401, message: 'No usable token was offered.' },
  unknown: { status: 401, message: 'No agent has this token.' },
  origin: { status: 403, message: 'This origin is not on the relay’s list.' },
  'not-found': { status: 404, message: 'There is nothing at this address. Agents connect to /v1/stream.' },
  version: { status: 426, message: 'This relay speaks earshot.v1; the client did not offer it.' },
  rate: { status: 429, message: 'Too many refused tokens from this address.' },
  draining: { status: 503, message: 'The relay is restarting.' },
  overloaded: { status: 503, message: 'The relay has as many connections as it can hold.' },
} as const satisfies Record<RefusalCode, { status: number; message: string }>;

export function refuse(code: RefusalCode, retryAfterMs?: number): Refusal {
  return { ...TEXTS[code], code, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
}

/** The body of the answer. */
export function encodeRefusal({ code, message, retryAfterMs }: Refusal): string {
  return JSON.stringify({ code, message, retryAfterMs });
}
