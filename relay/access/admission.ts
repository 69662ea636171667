/** Who may come in: the same questions for an upgrade and for the session endpoint. Knows no sockets. */
import { readOffer } from '../../utils/protocol/subprotocol.ts';
import type { Limits } from '../limits.ts';
import type { Agent } from './agents.ts';
import type { Authenticate, Authenticated, WhyUnknown } from './authenticate.ts';
import type { ConnectionLimit, Full } from './connection-limit.ts';
import { isOriginAllowed } from './origins.ts';
import type { RefusalLimit } from './refusal-limit.ts';
import { type Refusal, type RefusalCode, refuse } from './refusals.ts';

const STREAM_PATHS: readonly string[] = ['/v1/stream', '/'];

/** What is known of a request; header values as they came. */
export type Asking = {
  path: string;
  /** By which the client is counted. */
  address: string;
  origin: string | undefined;
  /** `Sec-WebSocket-Protocol`. */
  protocols: string | undefined;
  authorization: string | undefined;
};
type Refused = { ok: false; refusal: Refusal };
export type AdmittedSession = { ok: true; agent: Agent } | Refused;
/** `leave` is to be called once the connection is gone, whatever became of it. */
export type AdmittedUpgrade = { ok: true; agent: Agent; leave: () => void } | Refused;

export type AdmissionDependencies = {
  authenticate: Authenticate;
  refusals: RefusalLimit;
  connections: ConnectionLimit;
  /** See `isOriginAllowed`. */
  origins: () => readonly string[] | undefined;
  isDraining: () => boolean;
  /** What the agent listens to has not been read yet. */
  isStarting: (agent: Agent) => boolean;
  random: () => number;
  limits: Pick<Limits, 'retryAfterMs' | 'retryLaterMs'>;
  /** A token was refused, or (`rate`) an address has reached its limit. */
  onRefused: (reason: RefusalCode, why?: WhyUnknown | undefined) => void;
};

export type Admission = ReturnType<typeof createAdmission>;

export function createAdmission(deps: AdmissionDependencies) {
  const { connections, limits, refusals } = deps;
  const soon = () => ({ retryAfterMs: Math.floor(deps.random() * limits.retryAfterMs) });
  /** For what does not pass at once. */
  const later = () => ({
    retryAfterMs: limits.retryLaterMs + Math.floor(deps.random() * limits.retryLaterMs),
  });
  const no = (refusal: Refusal): Refused => ({ ok: false, refusal });

  /**
   * An address beyond its limit gets no more signatures checked; a token that is known to be good needs none.
   * An answer that took a while may come when the relay has begun to drain; and one that has just started may not yet
   * have read what there is.
   */
  async function checkToken(token: string | undefined, address: string): Promise<AdmittedSession> {
    const found = await deps.authenticate(token, () => !refusals.isReached(address));
    if (!found.ok) return no(refuseToken(found, address));
    return deps.isDraining() || deps.isStarting(found.agent) ? no(refuse('draining', soon())) : found;
  }

  /** An expired token is no guess: it is not counted, so that an office whose tokens end at once is told why. */
  function refuseToken(found: Exclude<Authenticated, { ok: true }>, address: string): Refusal {
    switch (found.reason) {
      case 'expired':
        deps.onRefused('expired');
        return refuse('expired', { expiredAtMs: found.expiredAtMs });
      case 'unavailable':
        deps.onRefused('identity');
        return refuse('identity', later());
      case 'unchecked':
      case 'malformed':
      case 'unknown': {
        const { level, retryAfterMs } = refusals.count(address);
        if (level === 'reached') deps.onRefused('rate');
        if (level !== 'within' || found.reason === 'unchecked') return refuse('rate', { retryAfterMs });
        deps.onRefused(found.reason, found.reason === 'unknown' ? found.why : undefined);
        return refuse(found.reason);
      }
    }
  }

  function refuseFull(full: Full): Refused {
    const code = full === 'relay' ? 'overloaded' : 'crowded';
    deps.onRefused(code);
    return no(code === 'overloaded' ? refuse(code, soon()) : refuse(code, later()));
  }

  return {
    async admitUpgrade(asking: Asking): Promise<AdmittedUpgrade> {
      if (deps.isDraining()) return no(refuse('draining', soon()));
      if (!STREAM_PATHS.includes(asking.path)) return no(refuse('not-found'));
      const offer = readOffer(asking.protocols);
      if (!offer.speaksV1) return no(refuse('version'));
      if (!isOriginAllowed(deps.origins(), asking.origin)) return no(refuse('origin'));
      const found = await checkToken(offer.token, asking.address);
      if (!found.ok) return found;
      const place = connections.take(found.agent.name, asking.address);
      return place.ok ? { ...found, leave: place.leave } : refuseFull(place.full);
    },

    /** Says what an upgrade would be told, so that a browser's user can be told it too. */
    async admitSession(asking: Asking): Promise<AdmittedSession> {
      if (deps.isDraining()) return no(refuse('draining', soon()));
      if (!isOriginAllowed(deps.origins(), asking.origin)) return no(refuse('origin'));
      const token = /^Bearer +(\S+) *$/i.exec(asking.authorization ?? '')?.[1];
      const found = await checkToken(token, asking.address);
      if (!found.ok) return found;
      const full = connections.findFull(found.agent.name, asking.address);
      return full === undefined ? found : refuseFull(full);
    },
  };
}
