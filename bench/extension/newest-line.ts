/** Whether the sidebar shows the newest line, and what brings the reader back to it. */
import type { Frame, Page } from 'puppeteer-core';

export function isInView(place: Page | Frame, call: string, line: number): Promise<boolean> {
  return place.evaluate((selector) => {
    const newest = document.querySelector(selector);
    const area = newest?.closest('[data-transcript]')?.getBoundingClientRect();
    const box = newest?.getBoundingClientRect();
    return (
      area !== undefined && box !== undefined && box.top >= area.top - 1 && box.bottom <= area.bottom + 1
    );
  }, `[data-line="${call}:${line}"]`);
}

/** Does nothing where the sidebar follows the newest line. */
export async function goToNewest(place: Page | Frame): Promise<void> {
  await place.evaluate(() => document.querySelector<HTMLElement>('.jump')?.click());
}
