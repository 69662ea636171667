/** A browser with so many lines on screen in the sidebar and in the naive one, each ready for more. */
import { setTimeout as wait } from 'node:timers/promises';
import type { CDPSession } from 'puppeteer-core';
import { attachTo, type BenchBrowser } from './bench-browser.ts';
import { benchEvent } from './bench-line.ts';
import { type MainThread, watchMainThread } from './main-thread.ts';
import { fillNaiveSidebar } from './naive-sidebar.ts';
import { isInView } from './newest-line.ts';
import { watchStalls } from './stalls.ts';
import { openSubject, type Subject } from './subjects.ts';

export type Filled = {
  subject: Subject;
  thread: MainThread;
  /** Streams the next lines into it and resolves once the last stands there: whether it is in view. */
  stream(perSecond: number, forMs: number): Promise<boolean>;
};

export type FilledWorld = {
  lines: number;
  sidebar: Filled;
  naive: Filled;
};

const FILLED_CALL = 'filled';

/** What happens only once, as when a call first outgrows what is kept of it, is over with these. */
const FIRST = { perSecond: 20, forMs: 1_000 };
const PATIENCE_MS = 60_000;
const POLL_MS = 50;

export async function fillWorld(bench: BenchBrowser, lines: number): Promise<FilledWorld> {
  const naive = await openSubject(bench, 'naive');
  await fillNaiveSidebar(
    naive.page,
    Array.from({ length: lines }, (_, n) => benchEvent(FILLED_CALL, n).text),
  );
  const sidebar = await openSubject(bench, 'sidebar');
  await sidebar.begin(FILLED_CALL);
  await bench.sender.fill('relay', FILLED_CALL, 1, lines);
  await waitForLine(sidebar, FILLED_CALL, lines - 1);
  const filled = async (subject: Subject, session: CDPSession): Promise<Filled> => {
    const thread = await watchMainThread(session);
    await watchStalls(subject.place);
    let next = lines;
    return {
      subject,
      thread,
      async stream(perSecond, forMs) {
        const sent = await bench.sender.stream(subject.road, FILLED_CALL, { from: next, perSecond, forMs });
        next += sent.length;
        await waitForLine(subject, FILLED_CALL, next - 1);
        // The naive one scrolls to every line.
        return subject.name === 'naive' || isInView(subject.place, FILLED_CALL, next - 1);
      },
    };
  };
  const world = {
    lines,
    sidebar: await filled(sidebar, await attachTo(bench.browser, 'sidebar')),
    naive: await filled(naive, await naive.page.createCDPSession()),
  };
  await world.sidebar.stream(FIRST.perSecond, FIRST.forMs);
  return world;
}

/** Until the line of this number is in the document. Throws after a minute. */
export async function waitForLine(
  { place, host }: Pick<Subject, 'place' | 'host'>,
  call: string,
  line: number,
): Promise<void> {
  const giveUpMs = Date.now() + PATIENCE_MS;
  for (;;) {
    const isThere = await place.evaluate(
      (selector, id, number) => {
        if (selector === undefined) return document.querySelector(`[data-line="${id}:${number}"]`) !== null;
        const last = document.querySelector(selector)?.shadowRoot?.querySelector('p:last-of-type');
        return last?.textContent.includes(`#${number} `) === true;
      },
      host,
      call,
      line,
    );
    if (isThere) return;
    if (Date.now() > giveUpMs) throw new Error(`line ${line} never came`);
    await wait(POLL_MS);
  }
}
