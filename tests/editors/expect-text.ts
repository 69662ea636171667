/** Compares what an editor holds with what it should hold. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'puppeteer-core';

export type Wanted = {
  text: string;
  /** Line breaks are spaces there. */
  oneLine?: boolean | undefined;
  blankLines?: boolean | undefined;
};

/** Some editors take a change into their model a little later. */
const PATIENCE_MS = { short: 300, long: 2_000 };
const POLL_MS = 20;
const SHOWN = 60;

/** Waits for it; gives `undefined`, or what is there instead. */
export async function expectText(
  page: Page,
  index: number,
  wanted: Wanted,
  patience: keyof typeof PATIENCE_MS = 'long',
): Promise<string | undefined> {
  const untilMs = performance.now() + PATIENCE_MS[patience];
  let text: string | undefined;
  do {
    text = await page.evaluate((at) => window.lab?.read(at), index);
    if (text !== undefined && isText(text, wanted)) return undefined;
    await sleep(POLL_MS);
  } while (performance.now() < untilMs);
  return text === undefined ? 'the page has no lab' : difference(text, wanted);
}

export function isText(text: string, wanted: Wanted): boolean {
  return simplify(text, wanted) === simplify(wanted.text, wanted);
}

/** A space that an editor keeps from collapsing is a no-break space in its HTML: they are not told apart. */
function simplify(text: string, { oneLine, blankLines }: Wanted): string {
  const spaced = text.replace(/\u00a0/g, ' ');
  if (oneLine) return spaced.replace(/\s+/g, ' ');
  return blankLines ? spaced.replace(/\n\s*\n/g, '\n') : spaced;
}

/** From where they part, and how long they are. */
function difference(text: string, wanted: Wanted): string {
  const is = simplify(text, wanted);
  const should = simplify(wanted.text, wanted);
  let same = 0;
  while (same < is.length && is[same] === should[same]) same++;
  const from = Math.max(0, same - SHOWN / 4);
  const show = (whole: string) => JSON.stringify(whole.slice(from, from + SHOWN));
  return `it holds ${show(is)} (${is.length}) and not ${show(should)} (${should.length}), from ${from} on`;
}
