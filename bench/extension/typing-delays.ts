/** How long after a key was pressed in the note what it typed was painted. */
import { setTimeout as wait } from 'node:timers/promises';
import type { Frame, KeyInput, Page } from 'puppeteer-core';

const FIELD = '[data-note] textarea';
/** As a fast typist does. */
const KEY_EVERY_MS = 80;
const TYPED = [...'the card is blocked '] as readonly KeyInput[];
const LAST_PAINT_MS = 300;

/** From now on, in whatever note is shown. */
export async function watchTyping(sidebar: Page | Frame): Promise<void> {
  await sidebar.evaluate((field) => {
    const delaysMs: number[] = [];
    let pressed: number[] = [];
    let shown: number[] = [];
    const probe = document.createElement('i');
    probe.style.cssText = 'position:fixed;top:0;left:0;width:1px;height:1px;pointer-events:none';
    document.documentElement.append(probe);
    const channel = new MessageChannel();
    channel.port1.onmessage = () => {
      const atMs = performance.now();
      for (const startMs of shown) delaysMs.push(atMs - startMs);
      shown = [];
    };
    // Begun anew, it is told within the very frame that shows what was typed; the first task after it has painted.
    const inFrame = new ResizeObserver(() => {
      shown = [...shown, ...pressed];
      pressed = [];
      channel.port2.postMessage(undefined);
    });
    const isField = ({ target }: Event) => target instanceof Element && target.matches(field);
    document.addEventListener(
      'input',
      (event) => {
        if (!isField(event)) return;
        inFrame.unobserve(probe);
        inFrame.observe(probe);
      },
      true,
    );
    document.addEventListener('keydown', (event) => isField(event) && pressed.push(event.timeStamp), true);
    Object.assign(globalThis, { benchTyping: delaysMs });
  }, FIELD);
}

/** Types for so long: milliseconds of each key. Throws where a key is not answered at all. */
export async function typeFor(page: Page, sidebar: Page | Frame, forMs: number): Promise<readonly number[]> {
  await sidebar.focus(FIELD);
  const untilMs = performance.now() + forMs;
  let keys = 0;
  for (let nextMs = performance.now(); nextMs < untilMs; nextMs += KEY_EVERY_MS) {
    await page.keyboard.press(TYPED[keys % TYPED.length] ?? 'Space');
    keys += 1;
    await wait(Math.max(0, nextMs + KEY_EVERY_MS - performance.now()));
  }
  await wait(LAST_PAINT_MS);
  const delaysMs = await sidebar.evaluate(() => {
    const { benchTyping } = globalThis as unknown as { benchTyping: number[] };
    return benchTyping.splice(0);
  });
  if (delaysMs.length < keys) throw new Error(`${keys - delaysMs.length} of ${keys} keys were never painted`);
  return delaysMs;
}
