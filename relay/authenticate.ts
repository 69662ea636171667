/** From an agent's token to the agent. Only the token's SHA-256 is known here, and every comparison takes as long. */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { Agent } from './agents.ts';
import type { Clock } from './clock.ts';

/** The frame schema's bound for a token. */
const MAX_TOKEN_CHARACTERS = 8_192;

export type Authenticated =
  | { ok: true; agent: Agent }
  | { ok: false; reason: 'malformed' | 'unknown' }
  | { ok: false; reason: 'expired'; expiredAtMs: number };
/** Never rejects. */
export type Authenticate = (token: string | undefined) => Promise<Authenticated>;

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
