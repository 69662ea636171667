/**
 * The people (or programs) who may listen, and which events each may see.
 * `visibilityOf` is the one place that decides; rules on an event's fields belong here and nowhere else.
 */
import type { SessionAnswer } from '../utils/protocol/session.ts';
import type { StreamEvent } from './stream.ts';

/** One token. Two entries may share a name: that is one agent with an old and a new token. */
export type Agent = {
  name: string;
  tokenSha256: string;
  calls?: 'all' | undefined;
  /** From this moment on the token is refused; ms since 1970. */
  expiresAtMs?: number | undefined;
};

/** Agents who see the same share one function, which is how frames are built once for all of them. */
export type Visibility = (event: StreamEvent) => boolean;

const seesAll: Visibility = () => true;
const seesNothing: Visibility = () => false;

/** Nothing said in the configuration means nothing seen. */
export function visibilityOf(agent: Agent): Visibility {
  return agent.calls === 'all' ? seesAll : seesNothing;
}

/** The same decision in the session endpoint's words. */
export function describeCalls(agent: Agent): SessionAnswer['calls'] {
  return agent.calls === 'all' ? 'all' : 'none';
}
