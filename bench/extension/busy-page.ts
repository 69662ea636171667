/** A page whose main thread has its hands full, as a heavy CRM's has. */
import type { Page } from 'puppeteer-core';

/** Of every beat, this much is work that cannot be interrupted. */
const BEAT_MS = 100;
const SHARE = 0.9;

/** From now on; the returned function ends it. */
export async function keepBusy(page: Page): Promise<() => Promise<void>> {
  await page.evaluate(
    (beatMs, workMs) => {
      const work = () => {
        const untilMs = performance.now() + workMs;
        while (performance.now() < untilMs);
      };
      Object.assign(globalThis, { benchBusy: setInterval(work, beatMs) });
    },
    BEAT_MS,
    BEAT_MS * SHARE,
  );
  return () => page.evaluate(() => clearInterval(Reflect.get(globalThis, 'benchBusy') as number));
}
