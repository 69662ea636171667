/** The agents who may listen at present. They are replaced as a whole while connections stand. */
import type { Agent } from './agents.ts';
import { type Authenticate, type Authenticated, checkExpiry, createAuthenticator } from './authenticate.ts';
import type { Clock } from './clock.ts';
import type { RelayConfig } from './config.ts';

/** Whom the configuration names, and the identity provider who vouches for others. */
export type Access = Pick<RelayConfig, 'agents' | 'identity'>;

export type AgentsInForce = {
  authenticate: Authenticate;
  /**
   * What holds now for a token that was let in before: its entry as it is today, or why it is no longer good.
   * The token is what counts: an entry of another name with the same token is the same agent, renamed.
   */
  standingOf(agent: Agent): Authenticated;
  replace(access: Access): void;
};

export function createAgentsInForce(first: Access, clock: Clock): AgentsInForce {
  let inForce = index(first);

  function index({ agents }: Access) {
    return {
      authenticate: createAuthenticator(agents, clock),
      byToken: new Map(agents.map((agent) => [agent.tokenSha256, agent])),
    };
  }

  return {
    authenticate: async (token) => inForce.authenticate(token),
    standingOf({ tokenSha256 }) {
      const agent = inForce.byToken.get(tokenSha256);
      return agent === undefined ? { ok: false, reason: 'unknown' } : checkExpiry(agent, clock.now());
    },
    replace(access) {
      inForce = index(access);
    },
  };
}
