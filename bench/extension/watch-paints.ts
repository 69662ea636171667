/**
 * When lines were painted, as a page or a frame sees it. A line's number is read where it comes into the document; it
 * counts as painted in the first task after the frame that laid it out.
 */
import type { Frame, Page } from 'puppeteer-core';
import { type AfterPaint, installAfterPaint } from './after-paint.ts';

export type Painted = readonly (readonly [line: number, atUs: number])[];

type Watched = { painted: [number, number][] };

/** From now on; `host`: a selector of an element whose shadow root is watched instead of the document. */
export async function watchPaints(place: Page | Frame, host?: string): Promise<void> {
  await place.evaluate(installAfterPaint);
  await place.evaluate((selector) => {
    const painted: [number, number][] = [];
    const { benchAfterPaint } = globalThis as unknown as { benchAfterPaint: AfterPaint };
    const changed = new MutationObserver((records) => {
      const lines: number[] = [];
      for (const { addedNodes } of records) {
        for (const node of addedNodes) {
          for (const [, line] of node.textContent?.matchAll(/#(\d+) /g) ?? []) lines.push(Number(line));
        }
      }
      if (lines.length === 0) return;
      benchAfterPaint(() => {
        const atUs = (performance.timeOrigin + performance.now()) * 1_000;
        for (const line of lines) painted.push([line, atUs]);
      });
    });
    const root = selector === undefined ? document : document.querySelector(selector)?.shadowRoot;
    if (!root) throw new Error('nothing to watch');
    changed.observe(root, { childList: true, subtree: true });
    Object.assign(globalThis, { benchWatched: { painted } });
  }, host);
}

/** What was painted since the last time. */
export function takePaints(place: Page | Frame): Promise<Painted> {
  return place.evaluate(() => {
    const { benchWatched } = globalThis as unknown as { benchWatched: Watched };
    return benchWatched.painted.splice(0);
  });
}
