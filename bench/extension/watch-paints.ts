/**
 * When lines were painted, as a page or a frame sees it. A line's number is read where it comes into the document; it
 * counts as painted in the first task after the frame that laid it out, whether it came before or within that frame:
 * a resize observer that is begun anew is told within the very frame that shows what has just changed.
 */
import type { Frame, Page } from 'puppeteer-core';

export type Painted = readonly (readonly [line: number, atUs: number])[];

type Watched = { painted: [number, number][] };

/** From now on; `host`: a selector of an element whose shadow root is watched instead of the document. */
export async function watchPaints(place: Page | Frame, host?: string): Promise<void> {
  await place.evaluate((selector) => {
    const painted: [number, number][] = [];
    let fresh: number[] = [];
    let shown: number[] = [];
    const probe = document.createElement('i');
    probe.style.cssText = 'position:fixed;top:0;left:0;width:1px;height:1px;pointer-events:none';
    document.documentElement.append(probe);
    const channel = new MessageChannel();
    channel.port1.onmessage = () => {
      const atUs = (performance.timeOrigin + performance.now()) * 1_000;
      for (const line of shown) painted.push([line, atUs]);
      shown = [];
    };
    const inFrame = new ResizeObserver(() => {
      shown = [...shown, ...fresh];
      fresh = [];
      channel.port2.postMessage(undefined);
    });
    const changed = new MutationObserver((records) => {
      for (const { addedNodes } of records) {
        for (const node of addedNodes) {
          for (const [, line] of node.textContent?.matchAll(/#(\d+) /g) ?? []) fresh.push(Number(line));
        }
      }
      if (fresh.length === 0) return;
      inFrame.unobserve(probe);
      inFrame.observe(probe);
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
