/** The agents who may listen at present. They are replaced as a whole while connections stand. */

import type { Clock } from '../clock.ts';
import type { IdentityConfig, RelayConfig } from '../config/config.ts';
import type { Agent } from './agents.ts';
import {
  type Authenticate,
  type Authenticated,
  checkExpiry,
  createAuthenticator,
  hashToken,
} from './authenticate.ts';
import { createVouch } from './identity.ts';
import type { IdentityKeys } from './identity-keys.ts';
import { createTokenVerifier, looksSigned, type VerifyToken } from './identity-token.ts';

/** Whom the configuration names, and the identity provider who vouches for others. */
export type Access = Pick<RelayConfig, 'agents' | 'identity'>;
/** `source`: as the configuration names it. */
export type OpenKeys = (source: string) => IdentityKeys;

export type AgentsInForce = {
  authenticate: Authenticate;
  /**
   * What holds now for a token that was let in before: its entry as it is today, or why it is no longer good.
   * The token is what counts: an entry of another name with the same token is the same agent, renamed. Of an agent
   * whom the identity provider vouches for, it is what the claims of then say under the configuration of now.
   */
  standingOf(agent: Agent): Authenticated;
  replace(access: Access): void;
  /** No more keys are fetched. */
  stop(): void;
};

type Provider = { source: string; keys: IdentityKeys; verify: VerifyToken };

export function createAgentsInForce(first: Access, clock: Clock, openKeys: OpenKeys): AgentsInForce {
  let provider: Provider | undefined;
  let inForce = index(first);

  function index({ agents, identity }: Access) {
    provider = providerFor(identity);
    return {
      authenticate: createAuthenticator(agents, clock),
      byToken: new Map(agents.map((agent) => [agent.tokenSha256, agent])),
      vouch: identity && createVouch(identity, clock),
    };
  }

  /** Keys that are there are kept, so that nobody waits for them after a change elsewhere. */
  function providerFor(identity: IdentityConfig | undefined): Provider | undefined {
    const source = identity?.jwks;
    if (provider !== undefined && source === provider.source) return provider;
    provider?.keys.stop();
    if (source === undefined) return undefined;
    const keys = openKeys(source);
    return { source, keys, verify: createTokenVerifier(keys) };
  }

  return {
    async authenticate(token, mayCheck = () => true) {
      const listed = inForce.authenticate(token);
      if (listed.ok || listed.reason !== 'unknown') return listed;
      if (token === undefined || provider === undefined || !looksSigned(token)) return listed;
      const tokenSha256 = hashToken(token);
      const verified = await provider.verify(token, tokenSha256, mayCheck);
      if (!verified.ok) return verified;
      // The configuration may have been replaced meanwhile.
      return inForce.vouch?.(verified.claims, tokenSha256) ?? listed;
    },
    standingOf({ tokenSha256, claims }) {
      if (claims !== undefined) {
        return inForce.vouch?.(claims, tokenSha256) ?? { ok: false, reason: 'unknown' };
      }
      const agent = inForce.byToken.get(tokenSha256);
      return agent === undefined ? { ok: false, reason: 'unknown' } : checkExpiry(agent, clock.now());
    },
    replace(access) {
      inForce = index(access);
    },
    stop: () => provider?.keys.stop(),
  };
}
