/** A browser with so many lines on screen in the sidebar and in the naive one, each ready for more. */
import { setTimeout as wait } from 'node:timers/promises';
import type { CDPSession } from 'puppeteer-core';
import { attachTo, type BenchBrowser, openBenchBrowser } from './bench-browser.ts';
import { benchEvent } from './bench-line.ts';
import { type MainThread, watchMainThread } from './main-thread.ts';
import { fillNaiveSidebar } from './naive-sidebar.ts';
import { watchStalls } from './stalls.ts';
import { openSubject, type Subject } from './subjects.ts';

export type Filled = {
  subject: Subject;
  thread: MainThread;
  /** Streams the next lines into it and resolves once the last stands there. */
  stream(perSecond: number, forMs: number): Promise<void>;
};

export type FilledWorld = {
  lines: number;
  bench: BenchBrowser;
  sidebar: Filled;
  naive: Filled;
};

const FILLED_CALL = 'filled';

const PATIENCE_MS = 60_000;
const POLL_MS = 50;

/** Whoever gives `bench` closes it. */
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
      },
    };
  };
  return {
    lines,
    bench,
    sidebar: await filled(sidebar, await attachTo(bench.browser, 'sidebar')),
    naive: await filled(naive, await naive.page.createCDPSession()),
  };
}

/** Worlds of these sizes, closed when the work is over or fails. */
export async function withFilledWorlds<Result>(
  sizes: readonly number[],
  work: (worlds: readonly FilledWorld[]) => Promise<Result>,
): Promise<Result> {
  const opened: BenchBrowser[] = [];
  try {
    const opening = await Promise.allSettled(
      sizes.map(async (lines) => {
        const bench = await openBenchBrowser();
        opened.push(bench);
        return fillWorld(bench, lines);
      }),
    );
    const worlds: FilledWorld[] = [];
    for (const one of opening) {
      if (one.status === 'rejected') throw one.reason;
      worlds.push(one.value);
    }
    return await work(worlds);
  } finally {
    await Promise.all(opened.map((bench) => bench.close()));
  }
}

/** Until the line of this number is in the document. Throws after a minute. */
export async function waitForLine({ place, host }: Subject, call: string, line: number): Promise<void> {
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
