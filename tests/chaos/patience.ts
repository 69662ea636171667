/** Waiting, always with an end. */
import { setTimeout as sleep } from 'node:timers/promises';

export { sleep };

/** The result of `work`, or an error that names `what` once `ms` have passed. */
export async function within<T>(work: Promise<T>, ms: number, what: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what} took more than ${ms} ms`)), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Asks again and again; `false` where it did not come true in `ms`. A check that throws counts as not yet. */
export async function waitUntil(check: () => Promise<boolean> | boolean, ms: number): Promise<boolean> {
  const untilMs = performance.now() + ms;
  for (;;) {
    const left = untilMs - performance.now();
    if (left <= 0) return false;
    // A frame that is being replaced, or a worker that just died, answers with an error.
    const isTrue = await within(Promise.resolve().then(check), left, 'a check').catch(() => false);
    if (isTrue) return true;
    await sleep(100);
  }
}
