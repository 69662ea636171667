/** Everything the relay says instead of letting somebody in: over HTTP, before any 101, as short JSON. */
import type { SessionRefusal } from '../../utils/protocol/session.ts';

/** The session endpoint's codes, and two more that only a wrong request can meet. */
export type RefusalCode = SessionRefusal['code'] | 'version' | 'not-found';
/** What goes with some codes: see the session endpoint's schema. */
type RefusalDetails = { expiredAtMs?: number; retryAfterMs?: number };
export type Refusal = { status: number; code: RefusalCode; message: string } & RefusalDetails;

const TEXTS = {
  malformed: { status: 401, message: 'No usable token was offered.' },
  expired: { status: 401, message: 'This token has expired.' },
  unknown: { status: 401, message: 'No agent has this token.' },
  origin: { status: 403, message: 'This origin is not on the relay’s list.' },
  'not-found': { status: 404, message: 'There is nothing at this address. Agents connect to /v1/stream.' },
  version: { status: 426, message: 'This relay speaks earshot.v1; the client did not offer it.' },
  rate: { status: 429, message: 'Too many refused tokens from this address.' },
  crowded: {
    status: 429,
    message: 'This agent, or this address, has as many connections as it may have.',
  },
  draining: { status: 503, message: 'The relay is restarting.' },
  overloaded: { status: 503, message: 'The relay has as many connections as it can hold.' },
  identity: {
    status: 503,
    message: 'The relay cannot check this token: it has no keys of the identity provider.',
  },
} as const satisfies Record<RefusalCode, { status: number; message: string }>;

export function refuse(code: RefusalCode, details: RefusalDetails = {}): Refusal {
  return { ...TEXTS[code], code, ...details };
}

/** The body of the answer. */
export function encodeRefusal({ code, message, expiredAtMs, retryAfterMs }: Refusal): string {
  return JSON.stringify({ code, message, expiredAtMs, retryAfterMs });
}
