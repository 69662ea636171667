/** The people (or programs) who may listen. What each may see is decided in `view.ts`, by their rules. */
import type { SessionAnswer } from '../../utils/protocol/session.ts';
import type { CallsAllowed } from '../stream/rules.ts';

/** What a company's identity provider says of somebody: the claims of a token whose signature was checked. */
export type Claims = Readonly<Record<string, unknown>>;

/** One token. Two entries may share a name: that is one agent with an old and a new token. */
export type Agent = {
  name: string;
  /** Of the token as it was shown. */
  tokenSha256: string;
  /** The name of the stream this agent listens to. */
  stream: string;
  /** None: nothing is seen. */
  calls: CallsAllowed;
  /** From this moment on the token is refused; ms since 1970. */
  expiresAtMs?: number | undefined;
  /** Only of an agent whom the identity provider vouches for, not the configuration: what the rest was made from. */
  claims?: Claims | undefined;
};

/** What an agent may see, in the session endpoint's words. */
export function describeCalls({ calls }: Agent): SessionAnswer['calls'] {
  if (calls === 'all') return 'all';
  return calls.length === 0 ? 'none' : 'some';
}
