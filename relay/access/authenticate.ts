/** From an agent's token to the agent. Only the token's SHA-256 is known here, and every comparison takes as long. */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { Clock } from '../clock.ts';
import type { Agent } from './agents.ts';

/** The frame schema's bound for a token. */
const MAX_TOKEN_CHARACTERS = 8_192;

/** What was not right about a token that seemed signed by the identity provider: for the log, never for the client. */
export type WhyUnknown =
  | 'algorithm'
  | 'key'
  | 'signature'
  | 'claims'
  | 'issuer'
  | 'audience'
  | 'not yet'
  | 'name'
  | 'denied';

export type Authenticated =
  | { ok: true; agent: Agent }
  | { ok: false; reason: 'malformed' }
  | { ok: false; reason: 'unknown'; why?: WhyUnknown | undefined }
  | { ok: false; reason: 'expired'; expiredAtMs: number }
  /** Nobody can tell at present: the identity provider's keys cannot be had. */
  | { ok: false; reason: 'unavailable' }
  /** Its signature was not looked at, because it may not be at present. */
  | { ok: false; reason: 'unchecked' };

/** Never rejects. `mayCheck` is asked before the work of checking a signature is done; left out: it may. */
export type Authenticate = (token: string | undefined, mayCheck?: () => boolean) => Promise<Authenticated>;

/** `malformed`: none was offered, or it cannot be one. `unknown`: no agent has it. Never throws. */
export function createAuthenticator(
  agents: readonly Agent[],
  clock: Clock,
): (token: string | undefined) => Authenticated {
  const known = agents.map((agent) => ({ agent, digest: Buffer.from(agent.tokenSha256, 'hex') }));
  return (token) => {
    if (token === undefined || token === '' || token.length > MAX_TOKEN_CHARACTERS) {
      return { ok: false, reason: 'malformed' };
    }
    const digest = createHash('sha256').update(token).digest();
    let found: Agent | undefined;
    for (const entry of known) {
      if (timingSafeEqual(entry.digest, digest)) found = entry.agent;
    }
    return found === undefined ? { ok: false, reason: 'unknown' } : checkExpiry(found, clock.now());
  };
}

export function checkExpiry(agent: Agent, nowMs: number): Authenticated {
  const { expiresAtMs } = agent;
  if (expiresAtMs === undefined || nowMs < expiresAtMs) return { ok: true, agent };
  return { ok: false, reason: 'expired', expiredAtMs: expiresAtMs };
}

/** SHA-256 in lower-case hex: the form the configuration holds. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
