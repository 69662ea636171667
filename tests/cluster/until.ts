/** Waiting for what several processes will come to, and saying what was waited for. */
import { sleep } from '../chaos/patience.ts';

const ASK_MS = 100;

/** What `ask` gives once it is neither undefined nor false. Rejects after `ms`, in the words of `what`. */
export async function until<Found>(
  what: string | (() => string),
  ms: number,
  ask: () => Promise<Found> | Found,
): Promise<Exclude<Found, undefined | false>> {
  const untilMs = performance.now() + ms;
  for (;;) {
    const found = await ask();
    if (found !== undefined && found !== false) return found as Exclude<Found, undefined | false>;
    if (performance.now() > untilMs) {
      throw new Error(`not in ${ms} ms: ${typeof what === 'string' ? what : what()}`);
    }
    await sleep(ASK_MS);
  }
}
