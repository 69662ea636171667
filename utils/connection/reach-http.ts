/** Whether anything answers HTTP at an address, whatever it says. */
import type { FindingOf } from './hops.ts';
import type { ConnectionDeps } from './relay-connection.ts';

/** No hop is waited for longer. */
export const HOP_MS = 10_000;

type ReachDeps = Pick<ConnectionDeps, 'fetch' | 'setTimer' | 'clearTimer'>;
type Reached = Extract<FindingOf<'reach'>['kind'], 'answers' | 'no-answer' | 'nothing-there'>;

/**
 * A server that does not let other sites read its answer hides it from us too; a request whose answer nobody wants to
 * read still tells such a server from none.
 */
export function reachHttp(deps: ReachDeps, url: string, signal: AbortSignal): Promise<Reached> {
  return withDeadline(deps, signal, async (ends) => {
    const asking = { credentials: 'omit', cache: 'no-store', signal: ends } as const;
    for (const mode of ['cors', 'no-cors'] as const) {
      const answers = await deps.fetch(url, { ...asking, mode }).then(
        () => true,
        () => false,
      );
      if (answers) return 'answers';
    }
    return ends.aborted ? 'no-answer' : 'nothing-there';
  });
}

/** Does `work`, whose signal aborts after `HOP_MS` and when `signal` does. */
export async function withDeadline<Result>(
  { setTimer, clearTimer }: Pick<ConnectionDeps, 'setTimer' | 'clearTimer'>,
  signal: AbortSignal,
  work: (ends: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const late = new AbortController();
  const timer = setTimer(() => late.abort(), HOP_MS);
  try {
    return await work(AbortSignal.any([signal, late.signal]));
  } finally {
    clearTimer(timer);
  }
}
