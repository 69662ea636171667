/**
 * An hour beside a CRM page, squeezed: what the sidebar, the background and the page hold at first, with twenty calls
 * of a thousand lines, and after each half of the hour, and what it cost the page's main thread.
 */
import { setTimeout as wait } from 'node:timers/promises';
import type { CDPSession } from 'puppeteer-core';
import { attachTo, type BenchBrowser } from './bench-browser.ts';
import { type Heap, readHeap } from './heap.ts';
import { followRecord, type Kept, readCall, waitForKept } from './kept-calls.ts';
import { CALLS_AN_HOUR } from './replay-plan.ts';
import type { Replayed } from './sender-link.ts';
import { type ThreadWork, watchThread } from './thread-time.ts';

export type HourPlan = {
  /** For each half of the hour. */
  halfMs: number;
  /** For the page without the sidebar, and for the sidebar without a call. */
  idleMs: number;
  /** Of the long calls, so many are shown once, line by line. */
  readCalls: number;
};

export const parts = ['sidebar', 'background', 'page'] as const;
export type Part = (typeof parts)[number];
export const moments = ['start', 'held', 'read', 'full', 'firstHalf', 'secondHalf'] as const;
export type Moment = (typeof moments)[number];

export type Hour = {
  heaps: Record<Moment, Record<Part, Heap>>;
  events: number;
  /** Of the page's main thread: ms a second with the sidebar off, and with it on while nobody speaks. */
  offMsASecond: number;
  onMsASecond: number;
  /** Of the page's main thread, ms that the events of the hour took beyond the time that goes by. */
  eventsMs: number;
};

export const LONG_CALLS = 20;
export const LONG_CALL_LINES = 1_000;
/** As many as are kept beside the long ones, which are still spoken and so never go. */
const SHORT_CALLS = 30;
/** A page that has just been opened still tidies up. */
const SETTLED_AFTER_MS = 1_000;
const SECOND_MS = 1_000;

export async function measureHour(world: BenchBrowser, plan: HourPlan): Promise<Hour> {
  const { browser, sender } = world;
  const offMsASecond = await workOfBarePage(world, plan.idleMs);
  const { page, sidebar } = await world.openCrmWithSidebar();
  const sessions = {
    sidebar: await attachTo(browser, 'sidebar'),
    background: await attachTo(browser, 'background'),
    page: await page.createCDPSession(),
  };
  const thread = await watchThread(page);

  const start = await readAll(sessions);
  for (const call of longCalls) await sender.fill('relay', call, 0, LONG_CALL_LINES);
  await waitForKept(sessions.background, ({ lines }) => lines === LONG_CALLS * LONG_CALL_LINES);
  await readCall(sidebar, longCalls.at(-1) ?? '', LONG_CALL_LINES);
  const held = await readAll(sessions);
  for (const call of longCalls.slice(0, plan.readCalls)) await readCall(sidebar, call, LONG_CALL_LINES);
  const read = await readAll(sessions);

  await followRecord(sidebar);
  await waitForEnd(sessions.background, await sender.replay(0, SHORT_CALLS, 0));
  const full = await readAll(sessions);
  await page.bringToFront();
  const onMsASecond = aSecond(await thread.during(() => wait(plan.idleMs)));

  async function liveHalf(first: number) {
    let [events, lines] = [0, 0];
    const { workMs, tookMs } = await thread.during(async () => {
      const replayed = await sender.replay(first, CALLS_AN_HOUR / 2, plan.halfMs);
      events = replayed.events;
      lines = (await waitForEnd(sessions.background, replayed)).lines;
    });
    const eventsMs = workMs - (onMsASecond * tookMs) / SECOND_MS;
    return { events, lines, eventsMs, heaps: await readAll(sessions) };
  }
  const one = await liveHalf(SHORT_CALLS);
  const other = await liveHalf(SHORT_CALLS + CALLS_AN_HOUR / 2);
  if (one.lines !== other.lines) throw new Error(`the halves kept ${one.lines} and ${other.lines} lines`);
  await page.close();
  return {
    heaps: { start, held, read, full, firstHalf: one.heaps, secondHalf: other.heaps },
    events: one.events + other.events,
    offMsASecond,
    onMsASecond,
    eventsMs: one.eventsMs + other.eventsMs,
  };
}

const longCalls = Array.from({ length: LONG_CALLS }, (_, number) => `long-${number}`);

async function workOfBarePage({ browser, crmUrl }: BenchBrowser, idleMs: number): Promise<number> {
  const page = await browser.newPage(crmUrl);
  await wait(SETTLED_AFTER_MS);
  const thread = await watchThread(page);
  const work = await thread.during(() => wait(idleMs));
  await page.close();
  return aSecond(work);
}

function aSecond({ workMs, tookMs }: ThreadWork): number {
  return (workMs / tookMs) * SECOND_MS;
}

async function readAll(sessions: Record<Part, CDPSession>): Promise<Record<Part, Heap>> {
  return {
    sidebar: await readHeap(sessions.sidebar),
    background: await readHeap(sessions.background),
    page: await readHeap(sessions.page),
  };
}

/** Resolves once the last of the calls is kept as ended, and as many others as are kept. */
function waitForEnd(background: CDPSession, { lastCall }: Replayed): Promise<Kept> {
  return waitForKept(
    background,
    ({ calls, ended }) =>
      calls === SHORT_CALLS + LONG_CALLS && ended.length === SHORT_CALLS && ended.includes(lastCall),
  );
}
