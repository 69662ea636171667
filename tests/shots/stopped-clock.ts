/** Time that stands still in a frame, and what else moves there by itself. */
import type { Frame, WebWorker } from 'puppeteer-core';

/** A page that asks for the time every second has asked by then. */
const TICK_MS = 1_100;

/** From now on it is always `atMs` there; every page of ours has seen it once this resolves. */
export async function stopClock(frame: Frame, atMs: number): Promise<void> {
  await frame.evaluate(
    (always, tickMs) => {
      const times = Object.assign(globalThis, { stoppedAtMs: always });
      Date.now = () => times.stoppedAtMs;
      return new Promise((ticked) => setTimeout(ticked, tickMs));
    },
    atMs,
    TICK_MS,
  );
}

/** The worker's clock goes on from `atMs`: it must go, since it watches over connections. */
export function setClock(worker: WebWorker, atMs: number): Promise<void> {
  return worker.evaluate((wanted) => {
    const real = performance.now.bind(performance);
    const fromMs = real();
    Date.now = () => Math.round(wanted + real() - fromMs);
  }, atMs);
}

/** No timer of `fromMs` or longer that is set from now on ever ends: what would change by itself stays. */
export function holdTimers(where: Frame | WebWorker, fromMs: number): Promise<void> {
  const hold = (limitMs: number) => {
    const real = globalThis.setTimeout.bind(globalThis);
    Object.assign(globalThis, {
      setTimeout: (run: () => void, ms = 0) => (ms >= limitMs ? 0 : real(run, ms)),
    });
  };
  return 'childFrames' in where ? where.evaluate(hold, fromMs) : where.evaluate(hold, fromMs);
}

/** Fonts are there, nothing is animated, no caret blinks, and what was asked for is painted. */
export function settle(frame: Frame): Promise<void> {
  return frame.evaluate(async () => {
    const caret = new CSSStyleSheet();
    caret.replaceSync('* { caret-color: transparent }');
    document.adoptedStyleSheets = [caret];
    await document.fonts.ready;
    await Promise.all(document.getAnimations().map(({ finished }) => finished));
    for (let left = 4; left > 0; left -= 1) await new Promise(requestAnimationFrame);
  });
}
