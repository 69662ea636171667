/** How long after a key was pressed in the note what it typed was painted. */
import { setTimeout as wait } from 'node:timers/promises';
import type { Frame, KeyInput, Page } from 'puppeteer-core';
import { type AfterPaint, installAfterPaint } from './after-paint.ts';

const FIELD = '[data-note] textarea';
/** As a fast typist does. */
const KEY_EVERY_MS = 80;
const TYPED = [...'the card is blocked '] as readonly KeyInput[];
const LAST_PAINT_MS = 300;

/** From now on, in whatever note is shown. */
export async function watchTyping(sidebar: Page | Frame): Promise<void> {
  await sidebar.evaluate(installAfterPaint);
  await sidebar.evaluate((field) => {
    const delaysMs: number[] = [];
    const pressedMs: number[] = [];
    const { benchAfterPaint } = globalThis as unknown as { benchAfterPaint: AfterPaint };
    const isField = ({ target }: Event) => target instanceof Element && target.matches(field);
    document.addEventListener(
      'input',
      (event) => {
        if (!isField(event)) return;
        const startsMs = pressedMs.splice(0);
        benchAfterPaint(() => {
          for (const startMs of startsMs) delaysMs.push(performance.now() - startMs);
        });
      },
      true,
    );
    document.addEventListener('keydown', (event) => isField(event) && pressedMs.push(event.timeStamp), true);
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
