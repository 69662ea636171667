/** Who may come in: the same questions for an upgrade and for the session endpoint. Knows no sockets. */
import { readOffer } from '../utils/protocol/subprotocol.ts';
import type { Agent } from './agents.ts';
import type { Authenticate } from './authenticate.ts';
import type { Limits } from './limits.ts';
import type { CountRefusal } from './refusal-limit.ts';
import { type Refusal, type RefusalCode, refuse } from './refusals.ts';

const STREAM_PATHS: readonly string[] = ['/v1/stream', '/'];

/** What is known of a request; header values as they came. */
export type Asking = {
  path: string;
  address: string;
  origin: string | undefined;
  /** `Sec-WebSocket-Protocol`. */
  protocols: string | undefined;
  authorization: string | undefined;
};
export type Admitted = { ok: true; agent: Agent } | { ok: false; refusal: Refusal };

export type AdmissionDependencies = {
  authenticate: Authenticate;
  countRefusal: CountRefusal;
  /** Exact origins; undefined: any. */
  origins: () => readonly string[] | undefined;
  isDraining: () => boolean;
  connections: () => number;
  random: () => number;
  limits: Limits;
  /** A token was refused, or (`rate`) an address has reached its limit. */
  onRefused: (reason: RefusalCode) => void;
};

export type Admission = ReturnType<typeof createAdmission>;

export function createAdmission(deps: AdmissionDependencies) {
  const later = () => ({ retryAfterMs: Math.floor(deps.random() * deps.limits.retryAfterMs) });
  const isFull = () => deps.connections() >= deps.limits.connections;
  const no = (refusal: Refusal): Admitted => ({ ok: false, refusal });

  /** A browser always sends its origin; a program that sends none is bound by its token alone. */
  function isForeign(origin: string | undefined): boolean {
    const origins = deps.origins();
    return origins !== undefined && origin !== undefined && !origins.includes(origin);
  }

  /** An expired token is no guess: it is not counted, so that an office whose tokens end at once is told why. */
  async function checkToken(token: string | undefined, address: string): Promise<Admitted> {
    const authenticated = await deps.authenticate(token);
    if (authenticated.ok) return isFull() ? no(refuse('overloaded', later())) : authenticated;
    if (authenticated.reason === 'expired') {
      deps.onRefused('expired');
      return no(refuse('expired', { expiredAtMs: authenticated.expiredAtMs }));
    }
    const { level, retryAfterMs } = deps.countRefusal(address);
    if (level !== 'beyond') deps.onRefused(level === 'reached' ? 'rate' : authenticated.reason);
    return no(level === 'within' ? refuse(authenticated.reason) : refuse('rate', { retryAfterMs }));
  }

  return {
    async admitUpgrade(asking: Asking): Promise<Admitted> {
      if (deps.isDraining()) return no(refuse('draining', later()));
      if (!STREAM_PATHS.includes(asking.path)) return no(refuse('not-found'));
      const offer = readOffer(asking.protocols);
      if (!offer.speaksV1) return no(refuse('version'));
      if (isForeign(asking.origin)) return no(refuse('origin'));
      return checkToken(offer.token, asking.address);
    },

    async admitSession(asking: Asking): Promise<Admitted> {
      if (deps.isDraining()) return no(refuse('draining', later()));
      if (isForeign(asking.origin)) return no(refuse('origin'));
      return checkToken(/^Bearer +(\S+) *$/i.exec(asking.authorization ?? '')?.[1], asking.address);
    },
  };
}
