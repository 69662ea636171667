/**
 * When the newest line of a call was painted where it can be read, and when all of its lines stood in the document, as
 * the sidebar sees it, also from its very first moment on.
 */
import { setTimeout as wait } from 'node:timers/promises';
import type { Frame, Page } from 'puppeteer-core';
import { type AfterPaint, installAfterPaint } from './after-paint.ts';

export type Awaited = { call: string; lines: number };

/** Microseconds of the place's clock. */
export type Opened = { newestUs: number; wholeUs: number };

const PATIENCE_MS = 60_000;
const POLL_MS = 100;

/** In a sidebar that is open. */
export async function watchOpening(sidebar: Frame, awaited: Awaited): Promise<void> {
  await sidebar.evaluate(installAfterPaint);
  await sidebar.evaluate(watch, awaited);
}

/** In the sidebar that will be opened in this page. */
export async function watchOpeningFromStart(page: Page, awaited: Awaited): Promise<void> {
  await page.evaluateOnNewDocument(installAfterPaint);
  await page.evaluateOnNewDocument(watch, awaited);
}

/** Throws where it does not happen within a minute. */
export async function takeOpened(sidebar: Frame): Promise<Opened> {
  const giveUpMs = Date.now() + PATIENCE_MS;
  for (;;) {
    const seen = await sidebar.evaluate(
      () => (globalThis as unknown as { benchOpened: Partial<Opened> }).benchOpened,
    );
    const { newestUs, wholeUs } = seen;
    if (newestUs !== undefined && wholeUs !== undefined) return { newestUs, wholeUs };
    if (Date.now() > giveUpMs) throw new Error('the call was never shown whole');
    await wait(POLL_MS);
  }
}

/** Runs in the page, and may use nothing from outside. */
function watch({ call, lines }: Awaited): void {
  if (!location.pathname.endsWith('/sidebar.html')) return;
  const opened: Partial<Opened> = {};
  Object.assign(globalThis, { benchOpened: opened });
  const nowUs = () => (performance.timeOrigin + performance.now()) * 1_000;
  const newest = `[data-line="${call}:${lines - 1}"]`;
  const indexes = new Set<string | undefined>();
  const { benchAfterPaint } = globalThis as unknown as { benchAfterPaint: AfterPaint };

  function isInView(): boolean {
    const line = document.querySelector(newest);
    const area = line?.closest('[data-transcript]')?.getBoundingClientRect();
    const box = line?.getBoundingClientRect();
    if (area === undefined || box === undefined) return false;
    return line?.checkVisibility({ contentVisibilityAuto: true }) === true && box.bottom <= area.bottom + 1;
  }

  function look(): void {
    if (isInView()) opened.newestUs = nowUs();
    else benchAfterPaint(look);
  }

  let isLooking = false;
  const changed = new MutationObserver((records) => {
    for (const node of records.flatMap(({ addedNodes }) => [...addedNodes])) {
      if (!(node instanceof HTMLElement)) continue;
      const added = [node, ...node.querySelectorAll<HTMLElement>('[data-line]')];
      for (const { dataset } of added) if (dataset['call'] === call) indexes.add(dataset['index']);
    }
    if (!isLooking && indexes.has(String(lines - 1))) {
      isLooking = true;
      benchAfterPaint(look);
    }
    if (indexes.size < lines) return;
    opened.wholeUs = nowUs();
    changed.disconnect();
  });
  changed.observe(document, { childList: true, subtree: true });
}
